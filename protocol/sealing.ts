/**
 * How free text is sealed: HPKE (RFC 9180), base mode, DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-128-GCM.
 * The plaintext is the visitor's words in UTF-8. `info` names the purpose; the associated data bind the words to
 * their response, so that they cannot be moved to another one.
 */
export const SEALING_SUITE = 'DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-128-GCM';

/** HPKE `info`, to be encoded as UTF-8. */
export const SEALING_INFO = 'parvis/verbatim/1';

/** HPKE associated data of a response's text, to be encoded as UTF-8. */
export function sealingAssociatedData(responseId: string): string {
  return responseId;
}
