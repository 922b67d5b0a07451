import { mkdirSync } from 'node:fs';
import { PlainFault } from '../plain-fault.ts';
import {
  createSealingKey,
  readSealingKeys,
  type SealingKey,
  sealingKeysOf,
  writeSealingKeys,
} from './sealing-keys.ts';

/**
 * Makes another key, which tablets seal to from their next assignment on. The former ones stay: a tablet may come back after months. The copy kept
 * apart is written first, so that no tablet is ever given a key that only one disk holds.
 *
 * @throws PlainFault where the copy cannot be written, and nothing is changed
 */
export function rotateSealingKey(dataDir: string, keysDir: string | null, nowMs: number): SealingKey {
  const keys = readSealingKeys(dataDir);
  if (keys.length === 0)
    throw new PlainFault(`There is no key in ${dataDir} yet: the server makes the first one when it starts.`);
  const newestMs = Date.parse(sealingKeysOf(keys).current.createdAt);
  // The newest is the one in use, on a machine whose clock was set back too.
  const key = createSealingKey(Math.max(nowMs, newestMs + 1));
  if (keysDir !== null) addKeys(keysDir, [...keys, key]);
  writeSealingKeys(dataDir, [...keys, key]);
  return key;
}

/**
 * Adds to the keys of one folder those of another. None is ever taken away.
 *
 * @throws PlainFault where it cannot be done
 */
export function copySealingKeys(fromDir: string, intoDir: string): void {
  addKeys(intoDir, readSealingKeys(fromDir));
}

function addKeys(dir: string, keys: readonly SealingKey[]): void {
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    const held = readSealingKeys(dir);
    const lacking = keys.filter(({ keyId }) => !held.some((one) => one.keyId === keyId));
    if (lacking.length > 0) writeSealingKeys(dir, [...held, ...lacking]);
  } catch (error) {
    if (error instanceof Error && 'code' in error)
      throw new PlainFault(`The sealing keys cannot be copied to ${dir} (${String(error.code)}).`);
    throw error;
  }
}
