import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type TestServer } from '../server-process.ts';
import { countedByCode, watchAnswers } from '../stored-answers.ts';
import type { Device } from './device.ts';
import { createDevice, engineOfThisRun } from './devices.ts';
import { type Visitor, visitorOf } from './visitor.ts';

const SENT_WITHIN_MS = 90_000;
const engine = engineOfThisRun();

let server: TestServer;
let device: Device;
let visitor: Visitor;

beforeAll(async () => {
  [device, server] = await Promise.all([createDevice(engine), startServer()]);
  visitor = visitorOf(await device.open());
});
afterAll(async () => {
  await device?.dispose();
  await server?.dispose();
});

/** Opens the browser again on its profile, at the kiosk's address. */
async function comeBack(): Promise<void> {
  visitor = visitorOf(await device.open());
  await visitor.tab.goTo(`${server.origin}/kiosk/`);
  await visitor.see('attract');
}

describe(`the kiosk in ${engine}`, () => {
  it('is enrolled by a link, and a visit reaches the server as it was given', async () => {
    const { url } = await server.createEnrolment();
    await visitor.tab.goTo(url);
    await visitor.see('attract');
    const arriving = watchAnswers(server);
    const given = await visitor.makeVisit({ code: 'very-satisfied', text: 'Un siège de plus, à côté' });
    const [answer] = await arriving.onceThereAre(1, SENT_WITHIN_MS);
    expect(answer).toMatchObject({ codes: given, text: 'Un siège de plus, à côté', language: 'fr' });
    await visitor.leave();
  });

  it('starts without network, keeps a visit, and sends it once', async () => {
    await visitor.beReadyOffline();
    const arriving = watchAnswers(server);
    await device.close();
    await server.stop();
    await comeBack();
    const given = await visitor.makeVisit({ code: 'fairly-satisfied' });
    await visitor.leave();
    await server.start();
    const [answer] = await arriving.onceThereAre(1, SENT_WITHIN_MS);
    expect(answer).toMatchObject({ codes: given });
  });

  it('keeps the answer of a browser that is killed right after the touch', async () => {
    const arriving = watchAnswers(server);
    const before = countedByCode(server);
    await visitor.see('attract');
    await visitor.touchFace('very-dissatisfied');
    await device.kill();
    await comeBack();
    const [answer] = await arriving.onceThereAre(1, SENT_WITHIN_MS);
    expect(answer).toMatchObject({ disposition: 'partial', codes: { GLOB: 'very-dissatisfied' } });
    expect(countedByCode(server)['very-dissatisfied']).toBe((before['very-dissatisfied'] ?? 0) + 1);
  });
});
