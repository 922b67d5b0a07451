import type { Chance } from './chance.ts';
import { type Server, type WireReply, type WireRequest, json } from './server.ts';
import type { Timeline } from './timeline.ts';

/** How often what befalls one request or its reply, on the way or at a middle-box that thinks it knows better. */
export interface NetworkFaults {
  readonly requestLost: number;
  readonly replyLost: number;
  readonly duplicated: number;
  readonly delayed: number;
  readonly truncated: number;
  readonly portal: number;
  readonly proxyError: number;
  readonly tooLarge: number;
  readonly tooMany: number;
  /** The reply to an earlier push, out of somebody's cache. */
  readonly stale: number;
}

export const NO_NETWORK_FAULTS: NetworkFaults = {
  requestLost: 0,
  replyLost: 0,
  duplicated: 0,
  delayed: 0,
  truncated: 0,
  portal: 0,
  proxyError: 0,
  tooLarge: 0,
  tooMany: 0,
  stale: 0,
};

const PAGE = '<!doctype html><title>Bienvenue sur le réseau</title>';
const HTML: WireReply['headers'] = { 'content-type': 'text/html' };
/** What portals, login pages, balancers and maintenance pages answer with. */
const PORTALS: readonly WireReply[] = [
  { status: 200, headers: HTML, body: PAGE },
  { status: 201, headers: HTML, body: PAGE },
  { status: 201, headers: { 'content-type': 'application/json' }, body: PAGE },
  { status: 200, headers: { 'content-type': 'application/json' }, body: '{"ok":true}' },
  { status: 204, headers: {}, body: '' },
  { status: 302, headers: { location: 'https://portal.example/' }, body: '' },
  { status: 511, headers: HTML, body: PAGE },
];
const ERRORS = [500, 502, 503, 504] as const;
/** Of a middle-box that finds a push too large. */
const LARGEST_ENTRIES = 2;

/** The line between the tablets and the server. */
export class Network {
  faults: NetworkFaults = NO_NETWORK_FAULTS;
  /** Nothing gets through at all. */
  isDown = false;
  /** Texts that a filter on the way takes for an attack. */
  readonly suspicious = new Set<string>();
  /** Told what became of each request. */
  onFate: (line: string, fate: string) => void = () => undefined;
  readonly #timeline: Timeline;
  readonly #chance: Chance;
  readonly #server: Server;
  #lastPushReply: WireReply | null = null;

  constructor(timeline: Timeline, chance: Chance, server: Server) {
    this.#timeline = timeline;
    this.#chance = chance;
    this.#server = server;
  }

  /**
   * `fetch` as a page of a tablet has it. For a page that is gone nothing comes back.
   *
   * @param isGone the page is gone
   */
  fetchFor(isGone: () => boolean): typeof fetch {
    return (input, init) =>
      new Promise((resolve, reject) => {
        const headers = (init?.headers ?? {}) as Record<string, string>;
        const request: WireRequest = {
          line: `${init?.method ?? 'GET'} ${typeof input === 'string' ? input : 'an address'}`,
          authorization: headers['authorization'],
          ifNoneMatch: headers['if-none-match'],
          body: typeof init?.body === 'string' ? init.body : '',
        };
        this.#send(request, (reply) => {
          if (isGone()) return;
          if (reply === null) reject(new TypeError('Failed to fetch'));
          else resolve(responseOf(reply));
        });
      });
  }

  #send(request: WireRequest, deliver: (reply: WireReply | null) => void): void {
    const { faults } = this;
    const chance = this.#chance;
    const tell = (fate: string) => this.onFate(request.line, fate);
    const answerSoon = (fate: string, reply: WireReply | null) => {
      tell(fate);
      this.#timeline.after(this.#latency(), () => deliver(reply));
    };
    if (this.isDown) return answerSoon('no network', null);
    if (chance.happens(faults.requestLost))
      // Refused at once, or never heard of again.
      return chance.happens(0.5) ? answerSoon('lost on the way', null) : tell('lost without a word');
    if (chance.happens(faults.portal)) return answerSoon('a portal answers', chance.pick(PORTALS));
    if (chance.happens(faults.proxyError))
      return answerSoon('a proxy fails', { status: chance.pick(ERRORS), headers: HTML, body: PAGE });
    if (chance.happens(faults.tooMany)) return answerSoon('too many', this.#tooMany());
    const entries = request.body.split('"responseId":').length - 1;
    if (chance.happens(faults.tooLarge) && entries > LARGEST_ENTRIES)
      return answerSoon('too large for a proxy', { status: 413, headers: HTML, body: PAGE });
    if ([...this.suspicious].some((text) => request.body.includes(text)))
      return answerSoon('taken for an attack', { status: 403, headers: HTML, body: PAGE });
    if (chance.happens(faults.duplicated)) {
      tell('sent twice');
      this.#timeline.after(this.#latency() * 40, () => void this.#hand(request));
    }
    this.#timeline.after(this.#latency(), () => {
      void this.#hand(request).then((reply) => this.#bringBack(request, reply, deliver));
    });
  }

  #hand(request: WireRequest): Promise<WireReply | null> {
    return this.#timeline.whileStanding(this.#server.handle(request));
  }

  #bringBack(
    { line }: WireRequest,
    reply: WireReply | null,
    deliver: (reply: WireReply | null) => void,
  ): void {
    const { faults } = this;
    const chance = this.#chance;
    let brought = reply;
    if (chance.happens(faults.replyLost)) {
      this.onFate(line, 'the reply is lost');
      if (chance.happens(0.5)) return;
      brought = null;
    } else if (reply !== null && chance.happens(faults.truncated)) {
      this.onFate(line, 'the reply is cut short');
      brought = { ...reply, body: reply.body.slice(0, chance.whole(0, Math.max(0, reply.body.length - 1))) };
    } else if (line.endsWith('/push') && this.#lastPushReply !== null && chance.happens(faults.stale)) {
      this.onFate(line, 'an earlier reply comes back');
      brought = this.#lastPushReply;
    } else this.onFate(line, reply === null ? 'nobody there' : String(reply.status));
    if (reply?.status === 201 && line.endsWith('/push')) this.#lastPushReply = reply;
    this.#timeline.after(this.#latency(), () => deliver(brought));
  }

  #tooMany(): WireReply {
    const problem = {
      type: 'about:blank',
      title: 'Too many requests',
      status: 429,
      code: 'too-many-requests',
    };
    const retryAfter = String(this.#chance.whole(1, 90));
    return { ...json(429, JSON.stringify(problem)), headers: { ...HTML, 'retry-after': retryAfter } };
  }

  #latency(): number {
    const { faults } = this;
    return this.#chance.happens(faults.delayed)
      ? this.#chance.between(1_000, 40_000)
      : this.#chance.between(5, 250);
  }
}

/** As much of a response as the kiosk looks at. */
function responseOf({ status, headers, body }: WireReply): Response {
  const response = {
    status,
    headers: { get: (name: string) => headers[name.toLowerCase()] ?? null },
    text: async () => body,
  };
  return response as unknown as Response;
}
