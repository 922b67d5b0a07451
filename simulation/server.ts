import { PROBLEMS, type ProblemCode } from '../protocol/problem.ts';
import { enrolmentRequestSchema } from '../protocol/enrolment.ts';
import { MAX_PUSH_BYTES } from '../protocol/push.ts';
import type { AppDeps } from '../sync-server/app-deps.ts';
import { Assignments } from '../sync-server/assignment/assignments.ts';
import type { SealingKeys } from '../sync-server/assignment/sealing-keys.ts';
import type { Config } from '../sync-server/config.ts';
import { enrol } from '../sync-server/enrolment/enrol.ts';
import { problemCodeOf } from '../sync-server/errors.ts';
import { DeviceTokens } from '../sync-server/fleet/device-token.ts';
import { createPushDesk } from '../sync-server/ingest/push-desk.ts';
import { decodeOrThrow, ProblemError, problemOf } from '../sync-server/problems.ts';
import type { Store } from '../sync-server/store/store.ts';
import type { Chance } from './chance.ts';
import { type ServerDatabase, ProcessDied } from './server-database.ts';
import type { Timeline } from './timeline.ts';

export interface WireRequest {
  /** As `POST /api/v1/push`. */
  readonly line: string;
  readonly authorization: string | undefined;
  readonly ifNoneMatch: string | undefined;
  readonly body: string;
}

export interface WireReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** How often what goes wrong. */
export interface ServerFaults {
  readonly diesBeforeCommit: number;
  readonly diesAfterCommit: number;
  readonly full: number;
}

/** The instant at which every run begins, on a right clock: a Tuesday morning in Libourne. */
export const BEGIN_MS = Date.UTC(2026, 10, 24, 9, 30);
const LONGEST_DOWN_MS = 40_000;
const LATE_COMMIT_MS = 40;
/** What is asked changes in no run: each process reads it once, and not with every push. */
const PLACES_FRESH_MS = 3_600_000;

/** What a process of the server is made of; a new one knows nothing of the last. */
interface Process {
  readonly store: Store;
  readonly desk: ReturnType<typeof createPushDesk>;
  readonly tokens: DeviceTokens;
  readonly assignments: Assignments;
}

/**
 * The server of a run: the shipping rules of push, assignment and enrolment over a real database, without the HTTP around them. It dies at any
 * commit, comes back a while later, and can be set back to a backup.
 */
export class Server {
  faults: ServerFaults = { diesBeforeCommit: 0, diesAfterCommit: 0, full: 0 };
  /** What nobody foresaw. */
  readonly failures: unknown[] = [];
  /** How wrong the server's own clock is. */
  clockOffsetMs = 0;
  readonly database: ServerDatabase;
  readonly clock = { now: () => Math.round(BEGIN_MS + this.#timeline.nowMs + this.clockOffsetMs) };
  readonly #timeline: Timeline;
  readonly #chance: Chance;
  readonly #deps: Pick<AppDeps, 'config' | 'sealingKeys'>;
  #process: Process | null = null;
  #onDeath: (why: string) => void = () => undefined;

  constructor(
    database: ServerDatabase,
    timeline: Timeline,
    chance: Chance,
    deps: { readonly config: Config; readonly sealingKeys: SealingKeys },
  ) {
    this.database = database;
    this.#timeline = timeline;
    this.#chance = chance;
    this.#deps = deps;
    database.fateOfCommit = () => {
      if (chance.happens(this.faults.diesBeforeCommit)) return 'diesBefore';
      if (chance.happens(this.faults.full)) return 'full';
      return chance.happens(this.faults.diesAfterCommit) ? 'diesAfter' : 'commits';
    };
    database.onLateCommit = (isFatal) => {
      const running = this.#process;
      timeline.after(LATE_COMMIT_MS, () => {
        if (this.#process !== running) return;
        if (isFatal) this.die('before a commit that it had put off');
        else database.finishLateCommit();
      });
    };
  }

  /** Told why, whenever the process dies. */
  whenItDies(tell: (why: string) => void): void {
    this.#onDeath = tell;
  }

  get isUp(): boolean {
    return this.#process !== null;
  }

  start(): void {
    if (this.#process !== null) return;
    const store = this.database.open();
    const deps = { ...this.#deps, store, clock: this.clock, placesFreshMs: PLACES_FRESH_MS };
    this.#process = {
      store,
      desk: createPushDesk(deps),
      tokens: new DeviceTokens(store),
      assignments: new Assignments(deps),
    };
  }

  /** The store as it is open now, for whoever works on the machine. */
  get store(): Store {
    return this.#process?.store ?? this.database.open();
  }

  /** The process is killed, and started again a while later. */
  die(why: string): void {
    if (this.#process === null) return;
    this.#process = null;
    this.database.dropUnfinished();
    this.#onDeath(why);
    this.#timeline.after(this.#chance.between(50, LONGEST_DOWN_MS), () => this.start());
  }

  /** null where the process was not there, or died before it could answer. */
  async handle(request: WireRequest): Promise<WireReply | null> {
    const running = this.#process;
    if (running === null) return null;
    try {
      const reply = await this.#answer(running, request);
      return this.#process === running ? reply : null;
    } catch (error) {
      if (error instanceof ProcessDied) {
        this.die('at a commit');
        return null;
      }
      if (problemCodeOf(error) === 'internal') this.failures.push(error);
      return this.#process === running ? problemReply(error) : null;
    }
  }

  async #answer(running: Process, request: WireRequest): Promise<WireReply> {
    switch (request.line) {
      case 'POST /api/v1/push': {
        const device = await running.desk.recognise(request.authorization);
        const read = () => bodyOf(request);
        return json(201, JSON.stringify(await running.desk.take(device, read, request.body.length)));
      }
      case 'POST /api/v1/enrolments': {
        const asked = decodeOrThrow(enrolmentRequestSchema, bodyOf(request));
        const enrolled = await enrol(running.store, this.clock, asked);
        if (!enrolled.ok) throw new ProblemError('code-unknown');
        return json(201, JSON.stringify(enrolled.value));
      }
      case 'GET /api/v1/assignment': {
        const device = await running.tokens.authenticate(request.authorization);
        if (!device.ok) throw new ProblemError(device.error.kind);
        const assignment = await running.assignments.of(device.value);
        if (assignment === null) throw new ProblemError('not-found');
        const etag = `"${assignment.tag}"`;
        return request.ifNoneMatch === etag
          ? { status: 304, headers: { etag }, body: '' }
          : json(200, assignment.json(), { etag });
      }
      default:
        throw new ProblemError('not-found');
    }
  }
}

function bodyOf({ body }: WireRequest): unknown {
  if (Buffer.byteLength(body) > MAX_PUSH_BYTES) throw new ProblemError('too-large');
  try {
    return JSON.parse(body);
  } catch {
    throw new ProblemError('malformed-request');
  }
}

export function json(status: number, body: string, headers: Record<string, string> = {}): WireReply {
  return { status, headers: { 'content-type': 'application/json; charset=utf-8', ...headers }, body };
}

function problemReply(error: unknown): WireReply {
  const code: ProblemCode = problemCodeOf(error);
  const content = error instanceof ProblemError ? error.content : {};
  const { status } = PROBLEMS[code];
  const retryAfter = content.retryAfterSeconds ?? (status > 500 ? 30 : undefined);
  return {
    status,
    headers: {
      'content-type': 'application/problem+json',
      ...(retryAfter === undefined ? {} : { 'retry-after': String(Math.ceil(retryAfter)) }),
    },
    body: JSON.stringify(problemOf(code, content)),
  };
}
