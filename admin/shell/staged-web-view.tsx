import { render } from 'preact';
import { act } from 'preact/test-utils';
import type { Session } from '../../protocol/people.ts';
import { PERMISSIONS } from '../../protocol/roles.ts';
import { type ProblemCode, PROBLEMS } from '../../protocol/problem.ts';
import { App } from './app.tsx';

/** What the server answers to one request. */
export interface StagedReply {
  readonly status: number;
  readonly body: unknown;
}

/** Answers by `METHOD path`, without the query. */
export type StagedReplies = Record<string, (url: URL, body: unknown) => StagedReply | Promise<StagedReply>>;

/** What the page asked of the server, in order. */
export interface StagedRequest {
  readonly method: string;
  readonly url: URL;
  readonly body: unknown;
}

/** The web view in a document of its own, before a server that answers as it is told. */
export interface StagedWebView {
  readonly page: HTMLElement;
  readonly requests: StagedRequest[];
  readonly replies: StagedReplies;
  /** Tuesday 24 November 2026, 10 h at Libourne, until a test sets it on. */
  nowMs: number;
  /** Waits until nothing more is asked or drawn. */
  settle(): Promise<void>;
  /** Clicks the link or button of this accessible text, or the element itself. */
  click(target: string | Element): Promise<void>;
  type(input: Element | null, text: string): Promise<void>;
  text(): string;
  close(): void;
}

const STAGED_NOW_MS = Date.parse('2026-11-24T09:00:00Z');

export async function openWebView(
  address: string,
  replies: StagedReplies,
  linkToken: string | null = null,
): Promise<StagedWebView> {
  history.replaceState(null, '', address);
  const page = document.body.appendChild(document.createElement('div'));
  const requests: StagedRequest[] = [];
  const fetchReply: typeof fetch = async (input, init) => {
    const url = new URL(
      typeof input === 'string' ? input : 'url' in input ? input.url : input,
      'http://parvis.test',
    );
    const method = init?.method ?? 'GET';
    const body: unknown = typeof init?.body === 'string' ? JSON.parse(init.body) : undefined;
    requests.push({ method, url, body });
    const answer = replies[`${method} ${url.pathname}`] ?? (() => problem('not-found'));
    const { status, body: reply } = await answer(url, body);
    return new Response(status === 204 ? null : JSON.stringify(reply), { status });
  };
  const settle = async () => {
    for (let round = 0; round < 6; round += 1)
      await act(() => new Promise<void>((resolve) => setTimeout(resolve, 0)));
  };
  const view: StagedWebView = {
    page,
    nowMs: STAGED_NOW_MS,
    requests,
    replies,
    settle,
    click: async (target) => {
      const element = typeof target === 'string' ? namedControl(page, target) : target;
      await act(() => {
        element.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, composed: true }));
      });
      await settle();
    },
    type: async (input, text) => {
      if (!(input instanceof HTMLInputElement)) throw new Error('There is no such field.');
      input.value = text;
      await act(() => {
        input.dispatchEvent(new Event('input', { bubbles: true }));
      });
    },
    text: () => readable(page.textContent),
    close: () => {
      render(null, page);
      page.remove();
    },
  };
  await act(() => render(<App fetchReply={fetchReply} now={() => view.nowMs} linkToken={linkToken} />, page));
  await settle();
  return view;
}

/** A text as one reads it: every kind of space is a space. */
export function readable(text: string | null): string {
  return (text ?? '').replace(/\s+/g, ' ').trim();
}

export function ok(body: unknown): StagedReply {
  return { status: 200, body };
}

export function problem(code: ProblemCode): StagedReply {
  const { status, title } = PROBLEMS[code];
  return { status, body: { type: `/problems#${code}`, title, status, code } };
}

/** Somebody of Libourne, on Tuesday 24 November 2026. */
export function aSession(changes: Partial<Session> = {}): Session {
  return {
    person: {
      personId: '0d1b0c1e-8f0a-4d0e-9b53-4b6b0a3c1d2e' as Session['person']['personId'],
      name: 'Claire Martin',
      email: 'claire.martin@ville.example',
      hasPassword: true,
      hasSecondFactor: true,
    },
    services: [
      {
        organisationId: 'ville' as Session['services'][number]['organisationId'],
        organisationName: 'Ville de Libourne',
        serviceId: 'accueil' as Session['services'][number]['serviceId'],
        serviceName: 'Accueil général',
        siteName: 'Hôtel de Ville',
        status: 'active',
        pointIds: [],
      },
    ],
    timeZone: 'Europe/Paris',
    today: '2026-11-24',
    firstAnswerOn: '2025-11-17',
    isDemonstration: false,
    mustSetSecondFactor: false,
    isFromMachine: false,
    permissions: [...PERMISSIONS],
    idleMs: 1_800_000,
    expiresAt: '2026-11-24T21:00:00.000Z',
    ...changes,
  };
}

function namedControl(page: HTMLElement, name: string): Element {
  const controls = [...page.querySelectorAll('a, button, summary')];
  const found = controls.find(
    (control) => readable(control.getAttribute('aria-label') ?? control.textContent) === name,
  );
  if (found === undefined) throw new Error(`Nothing on the page is called “${name}”.`);
  return found;
}
