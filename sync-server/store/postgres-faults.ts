import { PlainFault } from '../plain-fault.ts';

/** What went wrong before a server could be spoken to at all. */
const UNREACHABLE =
  /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOENT|57P03|08)/;

/** A fault of opening PostgreSQL in words for whoever runs the machine; never with the password. Others are handed back as they are. */
export function plainPostgresFault(error: unknown, url: string): unknown {
  if (error instanceof PlainFault || !(error instanceof Error)) return error;
  const where = placeOf(url);
  const code = codeOf(error);
  if (UNREACHABLE.test(code) || /timeout/i.test(error.message))
    return new PlainFault(
      `Parvis cannot reach PostgreSQL at ${where} (${code || error.message}). Is it running, and is DATABASE_URL right?`,
    );
  switch (code) {
    case '28P01':
    case '28000':
      return new PlainFault(
        `PostgreSQL at ${where} refuses this account (${code}). Put its name and password right in DATABASE_URL.`,
      );
    case '3D000':
      return new PlainFault(
        `PostgreSQL at ${where} has no such database (${code}). Make it first: create database … encoding 'UTF8' template template0.`,
      );
    case '42501':
      return new PlainFault(
        `This account may not make tables in the database ${where} (${code}). Make it the owner of the database.`,
      );
    case '53300':
      return new PlainFault(
        `PostgreSQL at ${where} has no connection left (${code}). Raise max_connections: each server process takes up to ten.`,
      );
    case '53100':
      return new PlainFault(`The disk of PostgreSQL at ${where} is full (${code}).`);
    default:
      return error;
  }
}

/** The address without the account and its password. */
export function placeOf(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host || 'localhost'}${pathname}`;
}

/** With several addresses to a name Node gives their faults together. */
function codeOf(error: Error): string {
  const [first] = error instanceof AggregateError ? (error.errors as unknown[]) : [error];
  return typeof first === 'object' && first !== null && 'code' in first ? String(first.code) : '';
}
