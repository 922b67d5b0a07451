import type { ResponseId } from '../domain/ids.ts';
import { ok } from '../domain/result.ts';
import { DATABASE_NAME } from '../kiosk/outbox/database.ts';
import { type SentPush, acceptAll, onPush, textOf, withText } from './altered-push.ts';
import type { Happening } from './plan.ts';
import type { Variation } from './variation.ts';

/** A classic mistake, made again at a seam of the modules that ship. */
export interface Mutation extends Variation {
  readonly name: string;
  /** Without these nothing of it can show: seeds that have them not are passed over. */
  readonly needs?: readonly Happening[];
}

const NOBODY: ReadonlySet<ResponseId> = new Set();
const EVERYTHING = Number.MAX_SAFE_INTEGER;
const ONE_STORE_ID = '00000000-0000-4000-8000-00000000abcd';

/** The mistakes that the simulation must see. One it does not see makes the gate fail: then it proves nothing of the others. */
export const MUTATIONS: readonly Mutation[] = [
  {
    name: 'any 2xx is an acknowledgement',
    fetch: onPush(async (send, sent) => {
      const reply = await send(sent);
      return reply.status >= 200 && reply.status < 300 ? acceptAll(sent) : reply;
    }),
  },
  {
    name: 'delete before the acknowledgement',
    outbox: (outbox) => ({
      ...outbox,
      async peek(limit, setAside) {
        const peeked = await outbox.peek(limit, setAside);
        if (peeked.ok) await outbox.acknowledge(peeked.value);
        return peeked;
      },
    }),
  },
  {
    name: 'no unique constraint on the id',
    database: {
      rewrite: (sql) =>
        sql
          .replace('constraint responses__primary primary key (organisation_id, response_id),', '')
          .replace(/,\s*constraint \w+ foreign key[^)]*\)\s*references responses \([^)]*\)/g, '')
          .replace('on conflict (organisation_id, response_id) do nothing returning', 'returning'),
    },
  },
  { name: 'reply before the commit', database: { commitsLate: true } },
  {
    name: 'drop the whole batch on a refusal',
    fetch: onPush(async (send, sent) => {
      const reply = await send(sent);
      return reply.status >= 400 && reply.status < 500 && reply.status !== 429 ? acceptAll(sent) : reply;
    }),
  },
  {
    name: 'a poisoned entry blocks the queue',
    needs: ['suspicion'],
    outbox: (outbox) => ({ ...outbox, peek: (limit) => outbox.peek(limit, NOBODY) }),
  },
  { name: 'relaxed durability', durability: 'relaxed' },
  {
    name: 'the high-water mark is an acknowledgement',
    needs: ['clone'],
    fetch: onPush(async (send, sent, outbox) => {
      const reply = await send(sent);
      const [, mark] = /"highWaterMark":(\d+)/.exec(await textOf(reply)) ?? [];
      const waiting = mark === undefined ? null : await outbox.peek(EVERYTHING, NOBODY);
      if (waiting?.ok === true)
        await outbox.acknowledge(waiting.value.filter(({ sequence }) => sequence <= Number(mark)));
      return reply;
    }),
  },
  {
    name: 'the id is made when it is sent',
    fetch: onPush(async (send, sent) => {
      const names = sent.entries.map(
        ({ responseId }) => [responseId, madeAtSending(responseId, sent)] as const,
      );
      const text = names.reduce((body, [own, made]) => body.replaceAll(own, made), JSON.stringify(sent));
      const reply = await send(JSON.parse(text) as SentPush);
      return withText(
        reply,
        names.reduce((told, [own, made]) => told.replaceAll(made, own), await textOf(reply)),
      );
    }),
  },
  {
    name: 'retained entries are released at once',
    needs: ['backup', 'restore'],
    outbox: (outbox) => ({
      ...outbox,
      releaseSafe: (_safeThrough, atMs) => outbox.releaseSafe(EVERYTHING, atMs),
    }),
  },
  {
    name: 'a new store is not noticed',
    needs: ['backup', 'restore'],
    fetch: onPush(async (send, sent) => {
      const reply = await send(sent);
      return withText(
        reply,
        (await textOf(reply)).replace(/"storeId":"[^"]*"/, `"storeId":"${ONE_STORE_ID}"`),
      );
    }),
  },
  {
    name: 'nothing is offered again',
    needs: ['backup', 'restore'],
    outbox: (outbox) => ({ ...outbox, reoffer: async () => ok(0) }),
  },
  {
    name: 'an erased answer comes back',
    needs: ['erasure'],
    database: { rewrite: (sql) => sql.replace(/join tombstones\s+on/, 'join tombstones on 1 = 0 and') },
  },
  {
    name: 'a backup vouches for what two tablets share',
    needs: ['clone', 'backup', 'restore'],
    database: {
      rewrite: (sql) =>
        sql.replace('case when shared.taken_sequences > 0 then 0 else safe_through end', 'safe_through'),
    },
  },
  {
    name: 'the receipt of another batch is believed',
    fetch: onPush(async (send, sent) => {
      const reply = await send(sent);
      return reply.status === 201 && (await textOf(reply)).includes('"verdicts"') ? acceptAll(sent) : reply;
    }),
  },
  {
    name: 'thanks before the answer is stored',
    outbox: (outbox) => ({
      ...outbox,
      async settle(entry, body) {
        void outbox.settle(entry, body);
        return ok({ ...entry, body, state: 'pending' });
      },
    }),
  },
  {
    name: 'what was amended meanwhile is let go with what was sent',
    outbox: (outbox) => ({
      ...outbox,
      async acknowledge(sent) {
        const held = await outbox.everything();
        if (!held.ok) return held;
        const named = new Set(sent.map(({ responseId }) => responseId));
        return outbox.acknowledge(held.value.filter(({ responseId }) => named.has(responseId)));
      },
    }),
  },
  {
    name: 'the witness is not written',
    needs: ['databaseWiped'],
    witness: (witness) => ({ ...witness, remember: () => undefined }),
  },
  {
    name: 'the epoch stays when the database is made anew',
    needs: ['databaseWiped'],
    witnessPlace: ({ read, write }) => ({
      read,
      write: (text) => write(text.replace(/"epoch":\d+/, '"epoch":1')),
    }),
  },
  {
    name: 'a loss is not told',
    needs: ['databaseWiped'],
    fetch: onPush((send, sent) =>
      send(JSON.parse(JSON.stringify(sent, (key, value) => (key === 'losses' ? [] : value))) as SentPush),
    ),
  },
  {
    name: 'a database that is destroyed keeps its name',
    needs: ['databaseDestroyed'],
    nameOfDatabase: () => DATABASE_NAME,
  },
];

/** Another name each time that something is sent. */
function madeAtSending(responseId: string, { batchId }: SentPush): string {
  return `${responseId.slice(0, 24)}${batchId.slice(-12)}`;
}
