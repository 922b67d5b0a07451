import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { type Clock, instantOf } from '../clock.ts';
import { PlainFault } from '../plain-fault.ts';
import { replaceFile } from '../store/durable-files.ts';

/** A P-256 key pair that opens visitors' texts; both keys raw (32 and 65 bytes) in base64. */
export interface SealingKey {
  readonly keyId: string;
  readonly privateKey: string;
  readonly publicKey: string;
  readonly createdAt: string;
}

/** Every key there ever was, since a tablet may come back after months; `current` is the newest, given to tablets. */
export interface SealingKeys {
  readonly current: SealingKey;
  readonly all: readonly SealingKey[];
}

/** The keys' file in the data directory. */
export const SEALING_KEYS_FILE = 'sealing-keys.json';
const base64Bytes = (bytes: number) =>
  v.pipe(
    v.string(),
    v.check((text) => Buffer.from(text, 'base64').length === bytes, `must be ${bytes} bytes in base64`),
  );
const fileSchema = v.pipe(
  v.array(
    v.object({
      keyId: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
      privateKey: base64Bytes(32),
      publicKey: base64Bytes(65),
      createdAt: v.string(),
    }),
  ),
  v.minLength(1),
);

/** How long a key that another process has added may go unnoticed. */
const LOOK_MS = 5_000;

/**
 * The keys of a data directory; the first one is made there, readable by its owner alone. They are looked at anew while the server runs: the
 * key may be changed beside it.
 *
 * @throws PlainFault when the file is there and cannot be understood: texts sealed to its keys would be lost by replacing it.
 */
export function openSealingKeys(dataDir: string, clock: Clock): SealingKeys {
  const path = join(dataDir, SEALING_KEYS_FILE);
  if (!existsSync(path)) writeSealingKeys(dataDir, [createSealingKey(clock.now())]);
  chmodSync(path, 0o600);
  let keys = sealingKeysOf(readSealingKeys(dataDir));
  let seen = stampOf(path);
  let lookedAt = clock.now();
  const fresh = (): SealingKeys => {
    if (Math.abs(clock.now() - lookedAt) < LOOK_MS) return keys;
    lookedAt = clock.now();
    const stamp = stampOf(path);
    // A file that is gone meanwhile, or damaged, takes no key away from a server that has it.
    if (stamp === null || stamp === seen) return keys;
    seen = stamp;
    const read = v.safeParse(fileSchema, readJson(path));
    if (read.success) keys = sealingKeysOf(read.output);
    return keys;
  };
  return {
    get current() {
      return fresh().current;
    },
    get all() {
      return fresh().all;
    },
  };
}

/**
 * @param dir the data directory, or wherever a copy of the keys is kept
 * @returns none where there is no file
 * @throws PlainFault when the file cannot be understood
 */
export function readSealingKeys(dir: string): readonly SealingKey[] {
  const path = join(dir, SEALING_KEYS_FILE);
  if (!existsSync(path)) return [];
  const decoded = v.safeParse(fileSchema, readJson(path));
  if (decoded.success) return decoded.output;
  throw new PlainFault(
    `${path} is not a list of sealing keys (${decoded.issues[0].message}). It opens what visitors wrote: restore it from a backup, do not delete it.`,
  );
}

/** Readable by the owner alone, and on the disk: a key that a power cut could take back would lose every text sealed to it meanwhile. */
export function writeSealingKeys(dir: string, keys: readonly SealingKey[]): void {
  replaceFile(join(dir, SEALING_KEYS_FILE), `${JSON.stringify(keys, null, 2)}\n`);
}

export function sealingKeysOf(keys: readonly SealingKey[]): SealingKeys {
  const [current] = keys.toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
  if (current === undefined) throw new RangeError('There must be a sealing key.');
  return { current, all: keys };
}

export function createSealingKey(nowMs: number): SealingKey {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = privateKey.export({ format: 'jwk' });
  const part = (text: string | undefined) => Buffer.from(text ?? '', 'base64url');
  return {
    keyId: randomBytes(6).toString('hex'),
    privateKey: part(jwk.d).toString('base64'),
    publicKey: Buffer.concat([Buffer.of(4), part(jwk.x), part(jwk.y)]).toString('base64'),
    createdAt: instantOf(nowMs),
  };
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Changes whenever the file is replaced; null where there is none. */
function stampOf(path: string): string | null {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? null : `${stat.ino} ${stat.mtimeMs} ${stat.size}`;
}
