import { createTransport } from 'nodemailer';
import type { MailConfig } from '../config.ts';
import { err, ok, type Result } from '../../domain/result.ts';

/** A letter to one person: nobody ever learns who else was written to. */
export interface Letter {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** The same in HTML, where there is more than a few lines to say. */
  readonly html?: string;
  /** Where a reader's mail program can ask to be left alone (RFC 8058): an address that takes a POST. */
  readonly unsubscribeUrl?: string;
  /** The same for the same letter, however often it is sent: a relay or a reader can tell the second from the first. */
  readonly messageId?: string;
}

/** Why a letter did not leave. What `later` says may be tried again; `never` will be refused again. */
export interface MailFailure {
  readonly kind: 'later' | 'never';
  /** The server's own words, for the log and for staff: neither the letter nor a password is in them. */
  readonly detail: string;
}

/** The way letters leave by. Resolves when the mail server has taken the letter. */
export interface Mailer {
  send(letter: Letter): Promise<Result<void, MailFailure>>;
  close(): void;
}

const CONNECT_MS = 10_000;
const SILENCE_MS = 20_000;
/** SMTP's permanent refusals (RFC 5321, 4.2.1). */
const PERMANENT = 500;

/** Sends through the town's own mail server. Null where none is set: whoever would write says so instead. */
export function openMailer(config: MailConfig | null): Mailer | null {
  if (config === null) return null;
  const transport = createTransport({
    url: config.smtpUrl,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    // A letter is what is written here: neither a file nor an address is ever read to make one.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    send: async (letter) => {
      try {
        await transport.sendMail({
          from: config.from,
          to: { name: '', address: letter.to },
          subject: letter.subject,
          text: letter.text,
          ...(letter.html === undefined ? {} : { html: letter.html }),
          ...(letter.messageId === undefined ? {} : { messageId: letter.messageId }),
          headers: headersOf(letter),
        });
        return ok(undefined);
      } catch (error) {
        return err(failureOf(error));
      }
    },
    close: () => transport.close(),
  };
}

function headersOf({ unsubscribeUrl }: Letter): Record<string, string> {
  return {
    // So that no absence assistant answers a machine (RFC 3834).
    'Auto-Submitted': 'auto-generated',
    'X-Auto-Response-Suppress': 'All',
    ...(unsubscribeUrl === undefined
      ? {}
      : {
          'List-Unsubscribe': `<${unsubscribeUrl}>`,
          'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        }),
  };
}

function failureOf(error: unknown): MailFailure {
  const { code, responseCode } = (typeof error === 'object' && error !== null ? error : {}) as {
    code?: unknown;
    responseCode?: unknown;
  };
  // A password that the server refuses is for somebody to put right: the letter itself is not at fault.
  const isPermanent =
    typeof responseCode === 'number' &&
    responseCode >= PERMANENT &&
    code !== 'EAUTH' &&
    code !== 'ECONNECTION';
  const detail = [code, responseCode]
    .filter((part) => typeof part === 'string' || typeof part === 'number')
    .join(' ');
  return { kind: isPermanent ? 'never' : 'later', detail: detail === '' ? 'unknown fault' : detail };
}
