import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes, randomInt } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { CODE_ALPHABET } from '../../protocol/enrolment.ts';
import type { SealingKeys } from '../assignment/sealing-keys.ts';
import { type Clock, instantOf } from '../clock.ts';
import type { Store } from '../store/store.ts';
import { together } from '../store/together.ts';
import type { Person } from './people.ts';

const ISSUER = 'Parvis';
const PERIOD_SECONDS = 30;
/** RFC 6238: one step either way for a telephone's clock. */
const WINDOW = 1;
const SECRET_BYTES = 20;
const RECOVERY_CODES = 10;
/** 16 of 20 letters are 69 bits: nothing that can be guessed, so no slow hash is needed. */
const RECOVERY_GROUPS = 4;
const KEY_PURPOSE = 'parvis second factor';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

interface Deps {
  readonly store: Store;
  readonly clock: Clock;
  readonly sealingKeys: SealingKeys;
}
type Key = Pick<Person, 'organisationId' | 'personId'>;

/** What an authenticator is set up with: as a QR code, or typed. */
export interface NewSecondFactor {
  readonly uri: string;
  readonly secret: string;
}

/** Makes a secret; nothing is asked for at sign-in until a first code has confirmed it. */
export async function beginSecondFactor(deps: Deps, person: Person): Promise<NewSecondFactor> {
  const secret = new Secret({ size: SECRET_BYTES });
  await deps.store.db
    .updateTable('people')
    .set({ totp_secret: sealed(secret, deps.sealingKeys), totp_confirmed_at: null, totp_last_step: null })
    .where('organisation_id', '=', person.organisationId)
    .where('person_id', '=', person.personId)
    .execute();
  return { uri: totpOf(secret, person.email).toString(), secret: secret.base32 };
}

/** Confirms the secret with a code of it. Returns the recovery codes, which are shown this once; null where the code is wrong. */
export async function confirmSecondFactor(
  deps: Deps,
  person: Key,
  code: string,
): Promise<readonly string[] | null> {
  if (!(await takeCode(deps, person, code))) return null;
  const codes = Array.from({ length: RECOVERY_CODES }, recoveryCode);
  await together(deps.store.db, async (trx) => {
    await trx
      .updateTable('people')
      .set({ totp_confirmed_at: instantOf(deps.clock.now()) })
      .where('organisation_id', '=', person.organisationId)
      .where('person_id', '=', person.personId)
      .execute();
    await trx
      .deleteFrom('recovery_codes')
      .where('organisation_id', '=', person.organisationId)
      .where('person_id', '=', person.personId)
      .execute();
    await trx
      .insertInto('recovery_codes')
      .values(
        codes.map((one) => ({
          organisation_id: person.organisationId,
          person_id: person.personId,
          code_hash: hashOf(one),
          used_at: null,
        })),
      )
      .execute();
  });
  return codes;
}

/** Takes the second factor away, recovery codes included. */
export async function removeSecondFactor({ store }: Pick<Deps, 'store'>, person: Key): Promise<void> {
  await together(store.db, async (trx) => {
    await trx
      .updateTable('people')
      .set({ totp_secret: null, totp_confirmed_at: null, totp_last_step: null })
      .where('organisation_id', '=', person.organisationId)
      .where('person_id', '=', person.personId)
      .execute();
    await trx
      .deleteFrom('recovery_codes')
      .where('organisation_id', '=', person.organisationId)
      .where('person_id', '=', person.personId)
      .execute();
  });
}

/**
 * Whether it is the code of this half minute, or of its neighbours. A code is taken once: neither it nor an older one is taken again, even
 * by two requests at the same instant.
 */
async function takeCode(
  { store, clock, sealingKeys }: Deps,
  { organisationId, personId }: Key,
  code: string,
): Promise<boolean> {
  const row = await store.db
    .selectFrom('people')
    .select('totp_secret')
    .where('organisation_id', '=', organisationId)
    .where('person_id', '=', personId)
    .executeTakeFirst();
  const secret = row?.totp_secret == null ? null : opened(row.totp_secret, sealingKeys);
  if (secret === null) return false;
  const timestamp = clock.now();
  const delta = totpOf(secret, '').validate({ token: code.replaceAll(/\s/g, ''), timestamp, window: WINDOW });
  if (delta === null) return false;
  const step = Math.floor(timestamp / 1_000 / PERIOD_SECONDS) + delta;
  const taken = await store.db
    .updateTable('people')
    .set({ totp_last_step: step })
    .where('organisation_id', '=', organisationId)
    .where('person_id', '=', personId)
    .where((is) => is.or([is('totp_last_step', 'is', null), is('totp_last_step', '<', step)]))
    .returning('person_id')
    .executeTakeFirst();
  return taken !== undefined;
}

/** Spends a recovery code. */
async function takeRecoveryCode(
  { store, clock }: Pick<Deps, 'store' | 'clock'>,
  { organisationId, personId }: Key,
  code: string,
): Promise<boolean> {
  const spent = await store.db
    .updateTable('recovery_codes')
    .set({ used_at: instantOf(clock.now()) })
    .where('organisation_id', '=', organisationId)
    .where('person_id', '=', personId)
    .where('code_hash', '=', hashOf(code))
    .where('used_at', 'is', null)
    .returning('person_id')
    .executeTakeFirst();
  return spent !== undefined;
}

/** Whether it is a code of theirs, of the authenticator or for recovery; it is spent by asking. */
export async function isCodeOf(deps: Deps, person: Key, code: string): Promise<boolean> {
  return (await takeCode(deps, person, code)) || takeRecoveryCode(deps, person, code);
}

function totpOf(secret: Secret, label: string): TOTP {
  return new TOTP({ issuer: ISSUER, label, secret, period: PERIOD_SECONDS, digits: 6, algorithm: 'SHA1' });
}

function recoveryCode(): string {
  const group = () =>
    Array.from({ length: 4 }, () => CODE_ALPHABET[randomInt(CODE_ALPHABET.length)]).join('');
  return Array.from({ length: RECOVERY_GROUPS }, group).join('-');
}

/** As it is typed: neither case, spaces nor hyphens matter. */
function hashOf(code: string): string {
  return createHash('sha256').update(code.toUpperCase().replaceAll(/[\s-]/g, '')).digest('base64url');
}

/** Sealed with a key made of a sealing key, which no backup of the database holds: `keyId.nonce+tag+content`. */
function sealed(secret: Secret, { current }: SealingKeys): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keyFrom(current.privateKey, current.keyId), nonce);
  const content = Buffer.concat([cipher.update(secret.bytes), cipher.final()]);
  return `${current.keyId}.${Buffer.concat([nonce, cipher.getAuthTag(), content]).toString('base64url')}`;
}

/** Null where the key that sealed it is gone: then a recovery code or a link opens the account. */
function opened(text: string, { all }: SealingKeys): Secret | null {
  const [keyId = '', content = ''] = text.split('.');
  const key = all.find((one) => one.keyId === keyId);
  if (key === undefined) return null;
  const bytes = Buffer.from(content, 'base64url');
  const decipher = createDecipheriv(
    'aes-256-gcm',
    keyFrom(key.privateKey, keyId),
    bytes.subarray(0, NONCE_BYTES),
  );
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  const plain = Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
  return new Secret({ buffer: plain.buffer.slice(plain.byteOffset, plain.byteOffset + plain.length) });
}

function keyFrom(privateKey: string, keyId: string): Buffer {
  return Buffer.from(hkdfSync('sha256', Buffer.from(privateKey, 'base64'), keyId, KEY_PURPOSE, 32));
}
