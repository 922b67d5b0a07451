import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Device } from './engines/device.ts';
import { createDevice } from './engines/devices.ts';
import { type Visitor, visitorOf } from './engines/visitor.ts';
import { startServer, type TestServer } from './server-process.ts';
import { watchAnswers } from './stored-answers.ts';

/*
 * Chromium is replacing its IndexedDB by another over SQLite, and will do so under tablets that are in use. The whole list of tests runs on both
 * by `npm run test:engines`; this is the part of it that must never wait.
 */

let device: Device;
let server: TestServer;

beforeAll(async () => {
  [device, server] = await Promise.all([createDevice('chromium-idb-sqlite'), startServer()]);
});
afterAll(async () => {
  await device?.dispose();
  await server?.dispose();
});

async function comeBack(): Promise<Visitor> {
  const visitor = visitorOf(await device.open());
  await visitor.tab.goTo(`${server.origin}/kiosk/`);
  await visitor.see('attract');
  return visitor;
}

it('keeps its answers over a kill and a start without network, on the IndexedDB that Chromium will have', async () => {
  const arriving = watchAnswers(server);
  const first = visitorOf(await device.open());
  await first.tab.goTo((await server.createEnrolment()).url);
  const given = await first.makeVisit({ code: 'very-satisfied', text: 'Sur SQLite' });
  await first.leave();
  await first.beReadyOffline();
  await arriving.onceThereAre(1);

  await server.stop();
  await first.touchFace('very-dissatisfied');
  await device.kill();
  const second = await comeBack();
  const givenOffline = await second.makeVisit({ code: 'fairly-satisfied' });
  await device.close();

  await server.start();
  await comeBack();
  const answers = await arriving.onceThereAre(3);
  expect(answers.map(({ codes }) => codes)).toEqual(
    expect.arrayContaining([given, { GLOB: 'very-dissatisfied' }, givenOffline]),
  );
});
