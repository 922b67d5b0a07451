import * as v from 'valibot';
import { localDateSchema, organisationIdSchema, responseIdSchema } from '../../protocol/identities.ts';

/** Where in the list, newest first, a page ended. */
export interface Place {
  readonly localDate: string;
  readonly halfDay: 'am' | 'pm';
  readonly responseId: string;
  readonly organisationId: string;
}

const placeSchema = v.tuple([
  localDateSchema,
  v.picklist(['am', 'pm']),
  responseIdSchema,
  organisationIdSchema,
]);

/** Opaque to whoever carries it; only ours is taken. */
export const cursorSchema = v.pipe(
  v.string(),
  v.maxLength(400),
  v.check((text) => v.is(placeSchema, decoded(text)), 'is not a cursor of ours'),
);

export function cursorAt({ localDate, halfDay, responseId, organisationId }: Place): string {
  return Buffer.from(JSON.stringify([localDate, halfDay, responseId, organisationId])).toString('base64url');
}

/** @throws ValiError when the text was not checked with {@link cursorSchema} */
export function placeOfCursor(cursor: string): Place {
  const [localDate, halfDay, responseId, organisationId] = v.parse(placeSchema, decoded(cursor));
  return { localDate, halfDay, responseId, organisationId };
}

function decoded(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
