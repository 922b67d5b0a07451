import type { Assignment } from '../../protocol/assignment.ts';
import type { Clock } from '../ports.ts';

/** What can go wrong with one request, on the way or at a middle-box that thinks it knows better. */
export const NETWORK_FAULTS = [
  'requestLost',
  'replyLost',
  'silence',
  'html200',
  'html201',
  'noContent',
  'created200',
  'wrongBatch',
  'truncated',
  'missingVerdict',
  'strangeVerdict',
  'internalError',
  'overloaded',
  'forbiddenByProxy',
  'redirected',
  'noQuestionnaire',
  'tokenRefused',
  'notUnderstood',
] as const;
export type NetworkFault = (typeof NETWORK_FAULTS)[number];

interface PushedEntry {
  readonly responseId: string;
  readonly sequence: number;
  readonly response: unknown;
}

interface Stored {
  readonly bodies: ReadonlyMap<string, string>;
  readonly quarantine: readonly { readonly responseId: string; readonly body: string }[];
  readonly sequences: ReadonlySet<number>;
}

/**
 * The server as the protocol describes it, in memory, behind a network that lies when told to. For tests of the tablet: it counts
 * each answer once, quarantines other content under a known id, and can be set back to a backup.
 */
export interface ServerModel {
  readonly fetch: typeof fetch;
  /** The answers counted, by id, as the JSON text of their content. */
  readonly bodies: ReadonlyMap<string, string>;
  readonly quarantine: readonly { readonly responseId: string; readonly body: string }[];
  /** Every request so far, as `POST /api/v1/push`, and how many entries it held. */
  readonly requests: readonly { readonly line: string; readonly entries: number }[];
  /** What the last push said had gone wrong on the tablet. */
  readonly lastError: string | null;
  /** Faults of the coming requests, in order; null lets one through. */
  fail(...faults: readonly (NetworkFault | null)[]): void;
  /** Until further notice: every request fails like this. */
  failAlways(fault: NetworkFault | null): void;
  assignment: Assignment;
  assignmentTag: string;
  /** The tablet's token is good. */
  isTokenGood: boolean;
  maxEntries: number;
  /** Entries that make the server refuse the whole push. */
  readonly poison: Set<string>;
  retryAfter: string | null;
  takeBackup(): void;
  /** The database dies and comes back as it was in the last backup. */
  restoreBackup(): void;
}

export function createServerModel(assignment: Assignment, clock: Clock): ServerModel {
  let bodies = new Map<string, string>();
  let quarantine: { responseId: string; body: string }[] = [];
  let sequences = new Set<number>();
  let backup: Stored = { bodies, quarantine, sequences };
  let safeThrough = 0;
  let lives = 1;
  let always: NetworkFault | null = null;
  const faults: (NetworkFault | null)[] = [];
  let lastError: string | null = null;
  const requests: { line: string; entries: number }[] = [];

  const storeId = () => `00000000-0000-4000-8000-${String(lives).padStart(12, '0')}`;
  function highWaterMark(): number {
    let mark = 0;
    while (sequences.has(mark + 1)) mark += 1;
    return mark;
  }

  function take({ responseId, sequence, response }: PushedEntry) {
    const body = JSON.stringify(response);
    const known = bodies.get(responseId);
    sequences.add(sequence);
    if (known === undefined) {
      bodies.set(responseId, body);
      return { responseId, verdict: 'accepted' };
    }
    if (known === body) return { responseId, verdict: 'duplicate' };
    if (!quarantine.some((entry) => entry.responseId === responseId && entry.body === body))
      quarantine.push({ responseId, body });
    return { responseId, verdict: 'quarantined', reason: 'The same id came with other content.' };
  }

  function push(body: { batchId: string; entries: PushedEntry[] }, fault: NetworkFault | null): Response {
    if (body.entries.length > model.maxEntries) return problem(413, 'too-large');
    if (body.entries.some((entry) => model.poison.has(entry.responseId)))
      return problem(400, 'malformed-request');
    const verdicts = body.entries.map(take);
    if (fault === 'missingVerdict') verdicts.pop();
    const reply = {
      protocol: 1,
      batchId: fault === 'wrongBatch' ? '00000000-0000-4000-8000-00000000dead' : body.batchId,
      storeId: storeId(),
      receivedAt: new Date(clock.now()).toISOString(),
      verdicts: fault === 'strangeVerdict' ? verdicts.map((one) => ({ ...one, verdict: 'maybe' })) : verdicts,
      highWaterMark: highWaterMark(),
      safeThrough,
      assignmentTag: model.assignmentTag,
    };
    const text = JSON.stringify(reply);
    if (fault === 'truncated') return json(201, text.slice(0, text.length / 2));
    return json(fault === 'created200' ? 200 : 201, text);
  }

  function answer(line: string, init: RequestInit | undefined, fault: NetworkFault | null): Response {
    const body = typeof init?.body === 'string' ? JSON.parse(init.body) : null;
    switch (line) {
      case 'POST /api/v1/push':
        return model.isTokenGood ? push(body, fault) : problem(403, 'device-revoked');
      case 'POST /api/v1/enrolments':
        if (body.code === 'SLOWDOWN') return problem(429, 'too-many-requests', { 'retry-after': '120' });
        if (body.code !== 'BCDFGHJKLM') return problem(404, 'code-unknown');
        sequences = new Set();
        return json(
          201,
          JSON.stringify({
            enrolmentId: '00000000-0000-4000-8000-0000000000ee',
            token: 'secret',
            storeId: storeId(),
          }),
        );
      case 'GET /api/v1/assignment':
        if (!model.isTokenGood) return problem(403, 'device-revoked');
        if (new Headers(init?.headers).get('if-none-match') === `"${model.assignmentTag}"`)
          return new Response(null, { status: 304, headers: { etag: `"${model.assignmentTag}"` } });
        return json(200, JSON.stringify(model.assignment), { etag: `"${model.assignmentTag}"` });
      default:
        return problem(404, 'not-found');
    }
  }

  const model: ServerModel = {
    async fetch(input, init) {
      const line = `${init?.method ?? 'GET'} ${typeof input === 'string' ? input : 'an address'}`;
      const fault = faults.shift() ?? always;
      const sent = typeof init?.body === 'string' ? JSON.parse(init.body) : {};
      requests.push({ line, entries: Array.isArray(sent.entries) ? sent.entries.length : 0 });
      if (sent.entries !== undefined) lastError = sent.report?.lastError ?? null;
      const before = fault === null ? null : answerInstead(fault, model.retryAfter);
      if (before !== null) return before;
      const reply = answer(line, init, fault);
      if (fault === 'replyLost') throw new TypeError('Failed to fetch');
      return reply;
    },
    get bodies() {
      return bodies;
    },
    get quarantine() {
      return quarantine;
    },
    requests,
    get lastError() {
      return lastError;
    },
    fail: (...coming) => void faults.push(...coming),
    failAlways(fault) {
      always = fault;
    },
    assignment,
    assignmentTag: 'tag-1',
    isTokenGood: true,
    maxEntries: 100,
    poison: new Set(),
    retryAfter: null,
    takeBackup() {
      backup = { bodies: new Map(bodies), quarantine: [...quarantine], sequences: new Set(sequences) };
      safeThrough = highWaterMark();
    },
    restoreBackup() {
      bodies = new Map(backup.bodies);
      quarantine = [...backup.quarantine];
      sequences = new Set(backup.sequences);
      safeThrough = highWaterMark();
      lives += 1;
    },
  };
  return model;
}

/** What comes back without the server having been asked at all; null where it is asked. */
function answerInstead(fault: NetworkFault, retryAfter: string | null): Response | Promise<Response> | null {
  const page = '<!doctype html><title>Bienvenue sur le réseau</title>';
  const html = { 'content-type': 'text/html' };
  switch (fault) {
    case 'requestLost':
      throw new TypeError('Failed to fetch');
    case 'silence':
      return new Promise<never>(() => undefined);
    case 'html200':
      return new Response(page, { status: 200, headers: html });
    case 'html201':
      return new Response(page, { status: 201, headers: { 'content-type': 'application/json' } });
    case 'noContent':
      return new Response(null, { status: 204 });
    case 'internalError':
      return problem(500, 'internal');
    case 'overloaded':
      return problem(503, 'overloaded', retryAfter === null ? {} : { 'retry-after': retryAfter });
    case 'forbiddenByProxy':
      return new Response(page, { status: 403, headers: html });
    case 'noQuestionnaire':
      return problem(404, 'not-found');
    case 'tokenRefused':
      return problem(403, 'device-revoked');
    case 'notUnderstood':
      return json(200, '{"protocol":2}');
    case 'redirected':
      return new Response(null, { status: 302, headers: { location: 'https://portal.example/' } });
    default:
      return null;
  }
}

function json(status: number, text: string, headers: Record<string, string> = {}): Response {
  return new Response(text, { status, headers: { 'content-type': 'application/json', ...headers } });
}

function problem(status: number, code: string, headers: Record<string, string> = {}): Response {
  const body = JSON.stringify({ type: `/problems#${code}`, title: code, status, code });
  return new Response(body, { status, headers: { 'content-type': 'application/problem+json', ...headers } });
}
