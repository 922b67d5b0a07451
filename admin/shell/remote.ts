import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Result } from '../../domain/result.ts';
import type { ApiFailure } from './api.ts';

/** Something that is being fetched. While it is fetched again, what was there before stays readable. */
export type Remote<Value> =
  | { readonly kind: 'loading'; readonly previous: Value | null }
  | { readonly kind: 'ready'; readonly value: Value }
  | { readonly kind: 'failed'; readonly failure: ApiFailure };

export interface RemoteHandle<Value> {
  readonly remote: Remote<Value>;
  /** Fetches again, e.g. after a failure. */
  reload(): void;
  /** Puts in place what a change has made known, without another round trip. */
  replace(change: (value: Value) => Value): void;
}

/**
 * Fetches when `key` changes; an answer that comes after the key has changed again is dropped.
 *
 * @param key names what is fetched, e.g. the address with its query
 */
export function useRemote<Value>(
  key: string,
  load: (signal: AbortSignal) => Promise<Result<Value, ApiFailure>>,
): RemoteHandle<Value> {
  const [remote, setRemote] = useState<Remote<Value>>({ kind: 'loading', previous: null });
  const [round, setRound] = useState(0);
  const latestLoad = useRef(load);
  latestLoad.current = load;

  useEffect(() => {
    const controller = new AbortController();
    setRemote((current) => ({ kind: 'loading', previous: valueOf(current) }));
    void latestLoad.current(controller.signal).then((result) => {
      if (controller.signal.aborted) return;
      setRemote(
        result.ok ? { kind: 'ready', value: result.value } : { kind: 'failed', failure: result.error },
      );
    });
    return () => controller.abort();
  }, [key, round]);

  const reload = useCallback(() => setRound((count) => count + 1), []);
  const replace = useCallback(
    (change: (value: Value) => Value) =>
      setRemote((current) =>
        current.kind === 'ready' ? { kind: 'ready', value: change(current.value) } : current,
      ),
    [],
  );
  return { remote, reload, replace };
}

/** What can be shown now: the answer, or the one before while the next is fetched. */
export function valueOf<Value>(remote: Remote<Value>): Value | null {
  switch (remote.kind) {
    case 'ready':
      return remote.value;
    case 'loading':
      return remote.previous;
    case 'failed':
      return null;
  }
}
