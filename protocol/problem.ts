import * as v from 'valibot';

/**
 * Every fault the server can answer with, as `application/problem+json` (RFC 9457): code, HTTP status, the title, and
 * whether the same bytes may ever succeed. Codes are never renamed or reused.
 */
export const PROBLEMS = {
  'malformed-request': { status: 400, mayRetry: false, title: 'The request cannot be understood' },
  'not-signed-in': { status: 401, mayRetry: true, title: 'Sign in first' },
  'wrong-credentials': { status: 401, mayRetry: true, title: 'E-mail or password not recognised' },
  'second-factor-needed': { status: 401, mayRetry: true, title: 'A code of the second factor is needed' },
  'second-factor-wrong': { status: 401, mayRetry: true, title: 'This code is wrong, or was used already' },
  'second-factor-required': { status: 403, mayRetry: true, title: 'Set up the second factor first' },
  'fresh-link-needed': { status: 403, mayRetry: true, title: 'Sign in with a new link first' },
  'device-unknown': { status: 401, mayRetry: true, title: 'This device is not enrolled' },
  'device-revoked': { status: 403, mayRetry: true, title: 'This device’s enrolment was revoked' },
  'not-allowed': { status: 403, mayRetry: false, title: 'Not allowed' },
  'origin-refused': { status: 403, mayRetry: false, title: 'The request comes from another site' },
  'code-unknown': { status: 404, mayRetry: false, title: 'This enrolment code is unknown, used or expired' },
  'link-unknown': { status: 404, mayRetry: false, title: 'This sign-in link is unknown, used or expired' },
  'presence-code-forged': { status: 404, mayRetry: false, title: 'No tablet has shown this code' },
  'presence-code-revoked': {
    status: 403,
    mayRetry: false,
    title: 'The tablet that shows this code was taken out of service',
  },
  'presence-code-used': { status: 409, mayRetry: false, title: 'This code has been used already' },
  'presence-code-expired': { status: 410, mayRetry: false, title: 'This code is too old' },
  'visit-grant-unknown': { status: 401, mayRetry: false, title: 'This visit is not known' },
  'visit-grant-used': { status: 409, mayRetry: false, title: 'This visit has left its answer already' },
  'visit-grant-expired': { status: 410, mayRetry: false, title: 'This visit was opened too long ago' },
  'not-found': { status: 404, mayRetry: false, title: 'There is nothing here' },
  'method-not-allowed': { status: 405, mayRetry: false, title: 'Method not allowed here' },
  'request-timeout': { status: 408, mayRetry: true, title: 'The request took too long to arrive' },
  'base-too-small': { status: 409, mayRetry: false, title: 'Too few answers to publish a figure of them' },
  'export-too-large': { status: 409, mayRetry: false, title: 'More rows than this format can hold' },
  'last-administrator': { status: 409, mayRetry: false, title: 'Nobody would administer this organisation' },
  conflict: { status: 409, mayRetry: false, title: 'Somebody else changed this meanwhile' },
  'too-large': { status: 413, mayRetry: false, title: 'The request is too large' },
  'encoding-refused': { status: 415, mayRetry: false, title: 'Content-Encoding is not accepted' },
  'media-type-refused': { status: 415, mayRetry: false, title: 'Send application/json' },
  unprocessable: { status: 422, mayRetry: false, title: 'A field is not right' },
  'protocol-unsupported': { status: 422, mayRetry: true, title: 'This protocol version is not known here' },
  'too-many-requests': { status: 429, mayRetry: true, title: 'Too many requests' },
  internal: { status: 500, mayRetry: true, title: 'Internal error' },
  overloaded: { status: 503, mayRetry: true, title: 'Too busy just now' },
  'storage-full': { status: 507, mayRetry: true, title: 'The server’s disk is full' },
} as const;

export type ProblemCode = keyof typeof PROBLEMS;

/** `type` is `/problems#<code>`; `detail` says what was wrong, where and what to do, without a visitor's words. */
export const problemSchema = v.object({
  type: v.string(),
  title: v.string(),
  status: v.number(),
  code: v.picklist(Object.keys(PROBLEMS) as ProblemCode[]),
  detail: v.exactOptional(v.string()),
  /** The fields at fault, each by its path in the body. */
  errors: v.exactOptional(v.array(v.object({ field: v.string(), message: v.string() }))),
  /** Of a `conflict`: how the thing stands now; its schema is the route's. */
  current: v.exactOptional(v.unknown()),
});
export type Problem = v.InferOutput<typeof problemSchema>;
