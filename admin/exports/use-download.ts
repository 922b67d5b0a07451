import { useEffect, useRef, useState } from 'preact/hooks';
import { type ExportProgress, exportProgressSchema } from '../../protocol/exports.ts';
import { saveFile } from '../components/save-file.ts';
import type { ApiFailure } from '../shell/api.ts';
import { useShell } from '../shell/session.tsx';

/** What became of a download. */
export type DownloadState =
  | { readonly kind: 'idle' }
  /** Nothing is known of its progress while the server counts, or where another process of it writes. */
  | { readonly kind: 'running'; readonly progress: ExportProgress | null }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly failure: ApiFailure }
  | { readonly kind: 'done'; readonly fileName: string };

const POLL_MS = 700;

/** Downloads a file that takes its time: tells how far it is, stops the server's work when told to, and saves only what is whole. */
export function useDownload() {
  const { api } = useShell();
  const [state, setState] = useState<DownloadState>({ kind: 'idle' });
  const running = useRef<AbortController | null>(null);
  // Whoever leaves the page wants it no more.
  useEffect(() => () => running.current?.abort(), []);

  /** @param addressOf the file's address, told the name under which its progress is asked for */
  const start = async (addressOf: (exportId: string) => string): Promise<void> => {
    const controller = new AbortController();
    running.current = controller;
    const exportId = crypto.randomUUID();
    setState({ kind: 'running', progress: null });
    const timer = setInterval(() => {
      void api
        .get(`/api/v1/exports/progress/${exportId}`, exportProgressSchema, controller.signal)
        .then((reply) => {
          if (reply.ok)
            setState((current) =>
              current.kind === 'running' ? { kind: 'running', progress: reply.value } : current,
            );
        });
    }, POLL_MS);
    const result = await api.download(addressOf(exportId), controller.signal);
    clearInterval(timer);
    if (controller.signal.aborted) {
      setState({ kind: 'cancelled' });
      return;
    }
    if (result.ok) saveFile(result.value);
    setState(
      result.ok
        ? { kind: 'done', fileName: result.value.fileName }
        : { kind: 'failed', failure: result.error },
    );
  };

  return { state, start, cancel: () => running.current?.abort() };
}
