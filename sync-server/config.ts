import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { err, ok, type Result } from '../domain/result.ts';
import { ROLES, type Role } from '../protocol/roles.ts';

/** Everything the server is told by its environment. */
export interface Config {
  readonly port: number;
  readonly host: string;
  /** Absolute. */
  readonly dataDir: string;
  /** PostgreSQL; null keeps everything in a SQLite file of the data directory. */
  readonly databaseUrl: string | null;
  /** Absolute. */
  readonly townFile: string;
  readonly tls: { readonly certFile: string; readonly keyFile: string } | null;
  /** Addresses of the reverse proxy that is believed; empty when there is none. */
  readonly trustProxy: readonly string[];
  readonly kioskOrigin: string | null;
  readonly adminOrigin: string | null;
  readonly logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug';
  /** Whose sign-in link is printed at the first start. */
  readonly adminEmail: string;
  readonly printLinks: boolean;
  /** Whoever has one of these roles and signs in by password must have a second factor. */
  readonly secondFactorRoles: readonly Role[];
  /** Null where no mail server is set: then nothing is sent, and the pages say so. */
  readonly mail: MailConfig | null;
  readonly backup: BackupConfig;
  /** How much of pushes may be on its way through the server at once. */
  readonly pushBytesAtOnce: number;
}

/** How letters leave. */
export interface MailConfig {
  /** With the account and the password of the mail server, where it wants them. */
  readonly smtpUrl: string;
  /** An address, or a name and an address. */
  readonly from: string;
}

/** When and where the server backs itself up. */
export interface BackupConfig {
  /** Absolute. */
  readonly dir: string;
  /** Within the data directory: whatever takes the one takes the other. */
  readonly isBesideData: boolean;
  /** Times of the machine's day as HH:MM; none where backups are somebody else's business. */
  readonly at: readonly string[];
  /** How many finished backups stay. */
  readonly keep: number;
  /** Absolute. Where the sealing keys are copied to, or null where nothing copies them. */
  readonly keysDir: string | null;
}

interface Variable {
  readonly fallback: string;
  /** One sentence for the table of `docs/operations.md`. */
  readonly meaning: string;
  readonly schema: v.GenericSchema<string, unknown>;
}

/** Not a variable: thirty full pushes, a second's work or three on a busy machine, a few times that in memory while they are decoded. */
const PUSH_BYTES_AT_ONCE = 2 * 1_048_576;
const LIBOURNE = fileURLToPath(new URL('surveys/libourne.json', import.meta.url));
const optional = <Output>(schema: v.GenericSchema<string, Output>) =>
  v.union([
    v.pipe(
      v.literal(''),
      v.transform(() => null),
    ),
    schema,
  ]);
const path = v.pipe(
  v.string(),
  v.transform((text) => resolve(text)),
);
const originSchema = v.pipe(
  v.string(),
  v.check(isOrigin, 'must be an origin such as https://avis.example.fr, without a path'),
  v.transform((text) => new URL(text).origin),
);
const yesNo = v.pipe(
  v.picklist(['yes', 'no'], 'must be yes or no'),
  v.transform((word) => word === 'yes'),
);

/** The variables, in the order of the table; an empty value counts as not set. */
export const VARIABLES = {
  PORT: {
    fallback: '8080',
    meaning: 'port of the tablets and of the web view',
    schema: v.pipe(
      v.string(),
      v.regex(/^\d{1,5}$/, 'must be a port number from 0 to 65535'),
      v.transform(Number),
      v.maxValue(65_535, 'must be a port number from 0 to 65535'),
    ),
  },
  HOST: {
    fallback: '127.0.0.1',
    meaning: 'address to listen on; `0.0.0.0` for every network of the machine',
    schema: v.pipe(v.string(), v.regex(/^[A-Za-z0-9.:_-]+$/, 'must be an address or a host name')),
  },
  DATA_DIR: {
    fallback: 'data',
    meaning: 'where the database and the key live',
    schema: path,
  },
  DATABASE_URL: {
    fallback: '',
    meaning:
      'PostgreSQL database, `postgres://account:password@host:5432/parvis`; without it a SQLite file in `DATA_DIR`',
    schema: optional(
      v.pipe(v.string(), v.check(isDatabaseUrl, 'must be postgres://account:password@host:port/database')),
    ),
  },
  TOWN_FILE: {
    fallback: LIBOURNE,
    meaning: 'organisations, sites, services, points and questionnaires, as JSON',
    schema: path,
  },
  TLS_CERT_FILE: {
    fallback: '',
    meaning: 'certificate chain (PEM), to serve HTTPS directly',
    schema: optional(path),
  },
  TLS_KEY_FILE: {
    fallback: '',
    meaning: 'its key (PEM)',
    schema: optional(path),
  },
  TRUST_PROXY: {
    fallback: '',
    meaning: 'addresses of the reverse proxy in front, with commas between',
    schema: v.pipe(
      v.string(),
      v.transform((text) =>
        text
          .split(',')
          .map((part) => part.trim())
          .filter((part) => part !== ''),
      ),
      v.everyItem(isAddress, 'must be IP addresses or ranges such as 10.0.0.0/8, with commas between'),
    ),
  },
  KIOSK_ORIGIN: { fallback: '', meaning: 'the tablets’ own origin', schema: optional(originSchema) },
  ADMIN_ORIGIN: { fallback: '', meaning: 'the web view’s own origin', schema: optional(originSchema) },
  LOG_LEVEL: {
    fallback: 'warn',
    meaning: 'what is written to the log: `silent`, `error`, `warn`, `info` or `debug`',
    schema: v.picklist(
      ['silent', 'error', 'warn', 'info', 'debug'],
      'must be silent, error, warn, info or debug',
    ),
  },
  ADMIN_EMAIL: {
    fallback: 'qualite@example.org',
    meaning: 'account of the sign-in link that is printed at start',
    schema: v.pipe(v.string(), v.trim(), v.email('must be an e-mail address')),
  },
  PRINT_LINKS: {
    fallback: 'yes',
    meaning: '`no` keeps the enrolment and sign-in links out of the start screen',
    schema: yesNo,
  },
  SECOND_FACTOR_FOR: {
    fallback: 'administrator,quality',
    meaning:
      'roles that need a code of an authenticator beside their password, with commas between; `nobody` for none',
    schema: v.pipe(
      v.string(),
      v.transform((text) => (text === 'nobody' ? [] : text.split(',').map((part) => part.trim()))),
      v.array(v.picklist(ROLES, `must be among ${ROLES.join(', ')}, with commas between, or nobody`)),
    ),
  },
  SMTP_URL: {
    fallback: '',
    meaning:
      'mail server, `smtp://account:password@host:587` or `smtps://host:465`; without it no e-mail is sent',
    schema: optional(
      v.pipe(v.string(), v.check(isSmtpUrl, 'must be smtp://account:password@host:port or smtps://…')),
    ),
  },
  MAIL_FROM: {
    fallback: '',
    meaning: 'sender of the e-mails, `Parvis <parvis@example.fr>`; goes with `SMTP_URL`',
    schema: optional(
      v.pipe(
        v.string(),
        v.regex(/^([^<>"\r\n]+ <[^<>\s@]+@[^<>\s@]+>|[^<>\s@]+@[^<>\s@]+)$/, 'must be an e-mail address'),
      ),
    ),
  },
  BACKUP_DIR: {
    fallback: '',
    meaning: 'where backups go; `backups` in the data directory when not set: put it on another disk',
    schema: optional(path),
  },
  BACKUP_AT: {
    fallback: '02:30',
    meaning:
      'when the server backs itself up each day, as HH:MM, several with commas between; `off` for never',
    schema: v.pipe(
      v.string(),
      v.transform((text) => (text === 'off' ? [] : text.split(',').map((part) => part.trim()))),
      v.everyItem(isTimeOfDay, 'must be times such as 02:30 or 12:30,23:00, or off'),
    ),
  },
  BACKUP_KEEP: {
    fallback: '14',
    meaning: 'how many finished backups are kept',
    schema: v.pipe(
      v.string(),
      v.regex(/^[1-9]\d{0,3}$/, 'must be a number from 1 to 9999'),
      v.transform(Number),
    ),
  },
  BACKUP_KEYS_DIR: {
    fallback: '',
    meaning:
      'where the sealing keys are copied to with each backup, apart from the data; nowhere when not set',
    schema: optional(path),
  },
} as const satisfies Readonly<Record<string, Variable>>;

type Values = { [Name in keyof typeof VARIABLES]: v.InferOutput<(typeof VARIABLES)[Name]['schema']> };

/** Reads the environment. On failure every fault is told, one line each. */
export function readConfig(env: NodeJS.ProcessEnv): Result<Config, readonly string[]> {
  const faults: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, variable] of Object.entries<Variable>(VARIABLES)) {
    const given = env[name]?.trim() ?? '';
    const decoded = v.safeParse(variable.schema, given === '' ? variable.fallback : given);
    if (decoded.success) values[name] = decoded.output;
    else faults.push(`${name}=${shown(name, given)}: ${decoded.issues[0].message}`);
  }
  const read = values as Values;
  const { TLS_CERT_FILE: certFile, TLS_KEY_FILE: keyFile } = read;
  if ((certFile === null) !== (keyFile === null))
    faults.push(
      `${certFile === null ? 'TLS_CERT_FILE' : 'TLS_KEY_FILE'}: missing; a certificate and its key go together`,
    );
  const { SMTP_URL: smtpUrl, MAIL_FROM: from } = read;
  if ((smtpUrl === null) !== (from === null))
    faults.push(
      `${smtpUrl === null ? 'SMTP_URL' : 'MAIL_FROM'}: missing; a mail server and a sender go together`,
    );
  if (faults.length > 0) return err(faults);
  return ok({
    port: read.PORT,
    host: read.HOST,
    dataDir: read.DATA_DIR,
    databaseUrl: read.DATABASE_URL,
    townFile: read.TOWN_FILE,
    tls: certFile === null || keyFile === null ? null : { certFile, keyFile },
    trustProxy: read.TRUST_PROXY,
    kioskOrigin: read.KIOSK_ORIGIN,
    adminOrigin: read.ADMIN_ORIGIN,
    logLevel: read.LOG_LEVEL,
    adminEmail: read.ADMIN_EMAIL,
    printLinks: read.PRINT_LINKS,
    secondFactorRoles: read.SECOND_FACTOR_FOR,
    mail: smtpUrl === null || from === null ? null : { smtpUrl, from },
    backup: backupConfig(read),
    pushBytesAtOnce: PUSH_BYTES_AT_ONCE,
  });
}

function backupConfig(read: Values): BackupConfig {
  const dir = read.BACKUP_DIR ?? join(read.DATA_DIR, 'backups');
  return {
    dir,
    isBesideData: !relative(read.DATA_DIR, dir).startsWith('..'),
    at: read.BACKUP_AT,
    keep: read.BACKUP_KEEP,
    keysDir: read.BACKUP_KEYS_DIR,
  };
}

function isTimeOfDay(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
}

/** The address of a database or of a mail server holds a password, which no log must see. */
function shown(name: string, given: string): string {
  return name === 'DATABASE_URL' || name === 'SMTP_URL' ? given.replace(/\/\/.*@/, '//…@') : given;
}

function isSmtpUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return ['smtp:', 'smtps:'].includes(protocol) && hostname !== '';
}

function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return (url.protocol === 'https:' || url.protocol === 'http:') && url.href === `${url.origin}/`;
}

/** Whether it names a database of a PostgreSQL server. */
export function isDatabaseUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, pathname } = new URL(text);
  return ['postgres:', 'postgresql:'].includes(protocol) && /^\/[^/]+$/.test(pathname);
}

function isAddress(text: string): boolean {
  return /^[0-9a-fA-F.:]+(\/\d{1,3})?$/.test(text);
}
