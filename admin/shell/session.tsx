import { type ComponentChildren, createContext } from 'preact';
import { useCallback, useContext, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import * as v from 'valibot';
import type { Result } from '../../domain/result.ts';
import { type Session, sessionSchema } from '../../protocol/people.ts';
import type { Permission } from '../../protocol/roles.ts';
import { type Api, type ApiFailure, createApi } from './api.ts';
import { type RemoteHandle, useRemote } from './remote.ts';

/** Who is here. `isExpired`: the server has forgotten the session; the page stays, and the person signs in over it. */
export type SessionState =
  | { readonly kind: 'starting' }
  | { readonly kind: 'failed'; readonly failure: ApiFailure }
  | {
      readonly kind: 'signedOut';
      readonly reason: 'never-signed-in' | 'signed-out' | 'link-refused';
      readonly failure: ApiFailure | null;
    }
  /** A link was opened whose holder has a second factor; it is spent with the right code. */
  | { readonly kind: 'codeNeeded'; readonly token: string; readonly failure: ApiFailure | null }
  | { readonly kind: 'signedIn'; readonly session: Session; readonly isExpired: boolean };

export interface Shell {
  readonly api: Api;
  readonly state: SessionState;
  /** Counts the sign-ins, so that what failed for want of one is fetched again. */
  readonly round: number;
  /** Milliseconds since 1970. */
  now(): number;
  enter(session: Session): void;
  /** The account changed; the person stays. */
  renew(session: Session): void;
  signOut(): Promise<void>;
  /** The server has closed the session already. */
  forget(): void;
  /** When the server last answered whoever is signed in. */
  lastContactMs(): number;
  redeem(token: string, code?: string): Promise<void>;
  start(): Promise<void>;
}

/** A page left open this long is read again when somebody comes back to it: the day, or the week, may be another. */
const STALE_MS = 600_000;

const ShellContext = createContext<Shell | null>(null);

/** Holds the session and the way to the server for everything inside. */
export function ShellProvider(props: {
  fetchReply: typeof fetch;
  now: () => number;
  /** The secret of a sign-in link the page was opened by. */
  linkToken: string | null;
  children: ComponentChildren;
}) {
  const [state, setState] = useState<SessionState>({ kind: 'starting' });
  const [round, setRound] = useState(0);
  const { fetchReply, now, linkToken } = props;

  const contactMs = useRef(now());
  const api = useMemo(() => {
    const expire = () =>
      setState((current) => (current.kind === 'signedIn' ? { ...current, isExpired: true } : current));
    const noted: typeof fetch = async (input, init) => {
      const reply = await fetchReply(input, init);
      if (reply.ok) contactMs.current = now();
      return reply;
    };
    return createApi(noted, expire);
  }, [fetchReply]);

  const enteredAtMs = useRef(0);
  const enter = useCallback((session: Session) => {
    enteredAtMs.current = now();
    setState({ kind: 'signedIn', session, isExpired: false });
    setRound((count) => count + 1);
  }, []);

  const shell: Shell = {
    api,
    state,
    round,
    now,
    enter,
    renew: (session) => setState({ kind: 'signedIn', session, isExpired: false }),
    signOut: async () => {
      const result = await api.sendOnly('DELETE', '/api/v1/session');
      const isOut =
        result.ok || (result.error.kind === 'problem' && result.error.problem.code === 'not-signed-in');
      if (isOut) shell.forget();
    },
    forget: () => setState({ kind: 'signedOut', reason: 'signed-out', failure: null }),
    lastContactMs: () => contactMs.current,
    redeem: async (token, code) => {
      // The field of the code stays where it is until it is known whether it was right.
      if (code === undefined) setState({ kind: 'starting' });
      const asked = { token, ...(code === undefined ? {} : { code }) };
      const result = await api.send('POST', '/api/v1/sign-in-link-redemptions', asked, sessionSchema);
      if (result.ok) enter(result.value);
      else if (isAboutCode(result.error))
        setState({ kind: 'codeNeeded', token, failure: code === undefined ? null : result.error });
      else setState({ kind: 'signedOut', reason: 'link-refused', failure: result.error });
    },
    start: async () => {
      setState({ kind: 'starting' });
      const result = await api.get('/api/v1/session', sessionSchema);
      if (result.ok) enter(result.value);
      else setState(stateAfterFailure(result.error));
    },
  };

  useEffect(() => {
    void (linkToken === null ? shell.start() : shell.redeem(linkToken));
  }, [linkToken]);

  useEffect(() => {
    const onVisible = () => {
      if (document.visibilityState !== 'visible' || state.kind !== 'signedIn') return;
      // Somebody whose session is over may have opened a link in another window meanwhile.
      const isFresh = !state.isExpired && now() - enteredAtMs.current < STALE_MS;
      if (isFresh) return;
      // A failure changes nothing: what is on screen stays, and an expired session has said so already.
      void api.get('/api/v1/session', sessionSchema).then((result) => {
        if (result.ok) enter(result.value);
      });
    };
    document.addEventListener('visibilitychange', onVisible);
    return () => document.removeEventListener('visibilitychange', onVisible);
  });

  return <ShellContext.Provider value={shell}>{props.children}</ShellContext.Provider>;
}

export function useShell(): Shell {
  const shell = useContext(ShellContext);
  if (shell === null) throw new Error('useShell must be called inside a ShellProvider.');
  return shell;
}

/** The session of whoever is signed in; only for what is never shown to anybody else. */
export function useSession(): Session {
  const { state } = useShell();
  if (state.kind !== 'signedIn') throw new Error('useSession must be called where somebody is signed in.');
  return state.session;
}

/** Whether whoever is signed in may do this anywhere; the server decides about each place by itself. */
export function useMay(permission: Permission): boolean {
  return useSession().permissions.includes(permission);
}

/** Reads an address of the server, again after each sign-in. */
export function useReading<Schema extends v.GenericSchema>(
  address: string,
  schema: Schema,
): RemoteHandle<v.InferOutput<Schema>> {
  const { api, round } = useShell();
  return useRemote(
    `${round} ${address}`,
    (signal): Promise<Result<v.InferOutput<Schema>, ApiFailure>> => api.get(address, schema, signal),
  );
}

function isAboutCode(failure: ApiFailure): boolean {
  if (failure.kind !== 'problem') return false;
  return ['second-factor-needed', 'second-factor-wrong', 'too-many-requests'].includes(failure.problem.code);
}

function stateAfterFailure(failure: ApiFailure): SessionState {
  if (failure.kind === 'problem' && failure.problem.code === 'not-signed-in')
    return { kind: 'signedOut', reason: 'never-signed-in', failure: null };
  return { kind: 'failed', failure };
}
