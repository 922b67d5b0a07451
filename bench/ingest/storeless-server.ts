// The first yardstick of the ingest bench: Parvis's own route for pushes, with everything it does but storing. It decodes each entry, holds it
// against its questionnaire, opens its words and answers `accepted`; nothing is written.
//
//   node --import tsx bench/ingest/storeless-server.ts PORT DATA_DIR       (a data directory of Parvis; its tablets and its keys are known)
import Fastify from 'fastify';
import * as v from 'valibot';
import { type PushReply, pushRequestSchema } from '../../protocol/push.ts';
import { openSealingKeys } from '../../sync-server/assignment/sealing-keys.ts';
import { SYSTEM_CLOCK } from '../../sync-server/clock.ts';
import { DeviceTokens } from '../../sync-server/fleet/device-token.ts';
import { Publications } from '../../sync-server/ingest/publications.ts';
import { SealedTexts } from '../../sync-server/ingest/sealed-texts.ts';
import { understandAll } from '../../sync-server/ingest/understand.ts';
import { jsonBodies } from '../../sync-server/json-bodies.ts';
import { openStore } from '../../sync-server/store/open-store.ts';

const [port, dataDir = ''] = process.argv.slice(2);
const clock = SYSTEM_CLOCK;
const store = await openStore({ dataDir, databaseUrl: null }, clock);
const tokens = new DeviceTokens(store);
const ports = {
  publications: new Publications({ store, clock }),
  texts: new SealedTexts(openSealingKeys(dataDir, clock)),
};

const app = Fastify({ bodyLimit: 1_048_576 });
jsonBodies(app);
app.get('/health/ready', () => ({ status: 'ready' }));
app.post('/api/v1/push', async (request, reply) => {
  const device = await tokens.recognise(request.headers.authorization);
  if (device === null) return reply.code(401).send();
  const asked = v.parse(pushRequestSchema, request.body);
  const entries = await understandAll(asked.entries, device.organisationId, ports);
  const answer: Pick<PushReply, 'batchId' | 'storeId' | 'verdicts'> = {
    batchId: asked.batchId,
    storeId: store.storeId,
    verdicts: entries.map((one) =>
      one.kind === 'understood'
        ? { responseId: one.entry.responseId, verdict: 'accepted' }
        : { responseId: one.responseId, verdict: 'quarantined', reason: one.reason },
    ),
  };
  return reply.code(201).send(answer);
});
process.once('SIGTERM', () => void app.close().then(async () => store.close()));
await app.listen({ port: Number(port), host: '127.0.0.1' });
