import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { instantOf } from '../clock.ts';
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

/**
 * Reads the keys of a data directory, or makes the first one there, readable by its owner alone.
 *
 * @throws PlainFault when the file is there and cannot be understood: texts sealed to its keys would be lost by replacing it.
 */
export function openSealingKeys(dataDir: string, nowMs: number): SealingKeys {
  const path = join(dataDir, SEALING_KEYS_FILE);
  if (!existsSync(path)) {
    const key = createSealingKey(nowMs);
    // A key that a power cut could take back would lose every text sealed to it meanwhile.
    replaceFile(path, `${JSON.stringify([key], null, 2)}\n`);
    return sealingKeysOf([key]);
  }
  const decoded = v.safeParse(fileSchema, readJson(path));
  if (!decoded.success)
    throw new PlainFault(
      `${path} is not a list of sealing keys (${decoded.issues[0].message}). It opens what visitors wrote: restore it from a backup, do not delete it.`,
    );
  chmodSync(path, 0o600);
  return sealingKeysOf(decoded.output);
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
