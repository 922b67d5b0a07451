import { createChromiumDevice } from './chromium-device.ts';
import { type Device, ENGINES, type EngineName } from './device.ts';
import { createFirefoxDevice } from './firefox-device.ts';
import { createWebKitDevice } from './webkit-device.ts';

/** A new tablet with one of the engines. */
export function createDevice(engine: EngineName): Promise<Device> {
  switch (engine) {
    case 'chromium':
      return createChromiumDevice(['--disable-features=IdbSqliteBackingStore']);
    case 'chromium-idb-sqlite':
      return createChromiumDevice(['--enable-features=IdbSqliteBackingStore']);
    case 'webkit':
      return createWebKitDevice();
    case 'firefox':
      return createFirefoxDevice();
  }
}

/** The engine this run is about: `PARVIS_ENGINE`. */
export function engineOfThisRun(): EngineName {
  const wanted = process.env['PARVIS_ENGINE'];
  const engine = ENGINES.find((name) => name === wanted);
  if (engine === undefined) throw new Error(`PARVIS_ENGINE is one of ${ENGINES.join(', ')}.`);
  return engine;
}
