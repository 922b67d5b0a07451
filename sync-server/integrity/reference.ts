import { createHash } from 'node:crypto';

/**
 * What an answer is called where people decide about it. It is not the identity that its words carry elsewhere: answers are told here beside the
 * run they were given in, and nobody is to learn from it in which order people wrote.
 */
export function referenceOf(salt: Uint8Array, organisationId: string, responseId: string): string {
  return createHash('sha256')
    .update(salt)
    .update(`decided ${organisationId} ${responseId}`)
    .digest('base64url')
    .slice(0, 22);
}
