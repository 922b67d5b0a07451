import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Store } from '../store/store.ts';

/** Whose letter it is. */
export interface Reader {
  readonly organisationId: string;
  readonly personId: string;
}

const PURPOSE = 'parvis weekly letter unsubscribe';

/** What a letter carries so that its reader can be left alone without signing in: it opens nothing else, and does not age. */
export function unsubscribeToken({ codeSalt }: Pick<Store, 'codeSalt'>, reader: Reader): string {
  const name = Buffer.from(`${reader.organisationId}/${reader.personId}`).toString('base64url');
  return `${name}.${signature(codeSalt, name)}`;
}

/** Whose token it is; null where it is none of ours. */
export function readerOfToken({ codeSalt }: Pick<Store, 'codeSalt'>, token: string): Reader | null {
  const [name = '', given = ''] = token.split('.');
  const [expected, presented] = [signature(codeSalt, name), given].map((text) => Buffer.from(text));
  if (expected === undefined || presented === undefined) return null;
  if (expected.length !== presented.length || !timingSafeEqual(expected, presented)) return null;
  const [organisationId = '', personId = ''] = Buffer.from(name, 'base64url').toString('utf8').split('/');
  return { organisationId, personId };
}

function signature(key: Uint8Array, name: string): string {
  return createHmac('sha256', key).update(`${PURPOSE} ${name}`).digest('base64url');
}
