import * as v from 'valibot';
import { countSchema, organisationIdSchema, responseIdSchema } from '../../protocol/identities.ts';

/** Where in the list, newest first, a page ended. */
export interface Place {
  /** Of {@link placeOfText}. */
  readonly place: number;
  readonly responseId: string;
  readonly organisationId: string;
}

const placeSchema = v.tuple([countSchema, responseIdSchema, organisationIdSchema]);

/** Opaque to whoever carries it; only ours is taken. */
export const cursorSchema = v.pipe(
  v.string(),
  v.maxLength(400),
  v.check((text) => v.is(placeSchema, decoded(text)), 'is not a cursor of ours'),
);

export function cursorAt({ place, responseId, organisationId }: Place): string {
  return Buffer.from(JSON.stringify([place, responseId, organisationId])).toString('base64url');
}

/** @throws ValiError when the text was not checked with {@link cursorSchema} */
export function placeOfCursor(cursor: string): Place {
  const [place, responseId, organisationId] = v.parse(placeSchema, decoded(cursor));
  return { place, responseId, organisationId };
}

function decoded(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
