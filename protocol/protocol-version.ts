/**
 * The version of the wire. Raise it when a change would not be understood by tablets or servers already in the field, and add a line to
 * the history; the server accepts every version ever shipped.
 *
 * - 1: first version.
 */
export const PROTOCOL_VERSION = 1;
