import type { AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import type { MailConfig } from '../config.ts';

/** A real mail server on this machine that keeps what it is given. */
export interface TestMailServer {
  readonly config: MailConfig;
  readonly letters: readonly ParsedMail[];
  /** Whom it was asked to hand letters to, whatever is written in them. */
  readonly recipients: readonly string[];
  /** What it answers the next letters with, instead of taking them; null takes them. */
  refuseWith(status: number | null): void;
  close(): Promise<void>;
}

/** @param account what it wants to be told; without one it takes letters from anybody */
export async function openMailServer(account?: {
  readonly user: string;
  readonly password: string;
}): Promise<TestMailServer> {
  const letters: ParsedMail[] = [];
  const recipients: string[] = [];
  let refusal: number | null = null;
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', ...(account === undefined ? ['AUTH'] : [])],
    authOptional: account === undefined,
    allowInsecureAuth: true,
    logger: false,
    onAuth: ({ username, password }, _session, done) =>
      username === account?.user && password === account?.password
        ? done(null, { user: username })
        : done(new Error('Wrong account.')),
    onRcptTo: ({ address }, _session, done) => {
      recipients.push(address);
      if (refusal === null) done();
      else done(Object.assign(new Error('Refused.'), { responseCode: refusal }));
    },
    onData: (stream, _session, done) => {
      simpleParser(stream).then(
        (letter) => {
          letters.push(letter);
          done();
        },
        (error: unknown) => done(error instanceof Error ? error : new Error('It cannot be read.')),
      );
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.server.address() as AddressInfo;
  const login = account === undefined ? '' : `${account.user}:${account.password}@`;
  return {
    config: { smtpUrl: `smtp://${login}127.0.0.1:${port}`, from: 'Parvis <parvis@ville.example>' },
    letters,
    recipients,
    refuseWith: (status) => {
      refusal = status;
    },
    close: async () => new Promise((resolve) => server.close(() => resolve())),
  };
}
