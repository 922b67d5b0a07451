import { isAbsolute } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig, VARIABLES } from './config.ts';

function faultsOf(env: NodeJS.ProcessEnv): readonly string[] {
  const read = readConfig(env);
  return read.ok ? [] : read.error;
}

describe('the environment', () => {
  it('may be empty', () => {
    const read = readConfig({});
    expect(read).toMatchObject({
      ok: true,
      value: {
        port: 8080,
        host: '127.0.0.1',
        tls: null,
        trustProxy: [],
        kioskOrigin: null,
        printLinks: true,
      },
    });
    if (read.ok) expect([read.value.dataDir, read.value.townFile].every(isAbsolute)).toBe(true);
  });

  it('tells every fault at once, each by its variable', () => {
    const faults = faultsOf({
      PORT: '80a',
      HOST: 'a b',
      TRUST_PROXY: '127.0.0.1, everybody',
      KIOSK_ORIGIN: 'https://avis.example.fr/kiosk',
      ADMIN_ORIGIN: 'ftp://x',
      LOG_LEVEL: 'trace',
      ADMIN_EMAIL: 'nobody',
      PRINT_LINKS: 'maybe',
      TLS_KEY_FILE: 'key.pem',
    });
    expect(faults.map((fault) => fault.split(/[=:]/)[0])).toEqual([
      'PORT',
      'HOST',
      'TRUST_PROXY',
      'KIOSK_ORIGIN',
      'ADMIN_ORIGIN',
      'LOG_LEVEL',
      'ADMIN_EMAIL',
      'PRINT_LINKS',
      'TLS_CERT_FILE',
    ]);
  });

  it('takes a mail server with its sender, one not without the other, and tells no password', () => {
    const smtp = { SMTP_URL: 'smtp://parvis:s3cret@mail.example.fr:587' };
    expect(readConfig({ ...smtp, MAIL_FROM: 'Parvis <parvis@example.fr>' })).toMatchObject({
      value: { mail: { smtpUrl: smtp.SMTP_URL, from: 'Parvis <parvis@example.fr>' } },
    });
    expect(readConfig({})).toMatchObject({ value: { mail: null } });
    expect(faultsOf(smtp)).toEqual([expect.stringMatching(/^MAIL_FROM: missing/)]);
    expect(faultsOf({ MAIL_FROM: 'parvis@example.fr' })).toEqual([
      expect.stringMatching(/^SMTP_URL: missing/),
    ]);
    expect(faultsOf({ SMTP_URL: 'http://parvis:s3cret@mail.example.fr', MAIL_FROM: 'a@b.fr' })).toEqual([
      expect.stringMatching(/^SMTP_URL=(?!.*s3cret)/),
    ]);
    expect(faultsOf({ ...smtp, MAIL_FROM: 'Parvis <a@b.fr>\r\nBcc: c@d.fr' })).toHaveLength(1);
  });

  it.each(['-1', '65536', '1e3', '0x50', ' '])('takes %j as a port only if it is one', (port) => {
    expect(faultsOf({ PORT: port })).toHaveLength(port.trim() === '' ? 0 : 1);
  });

  it('takes an empty variable as one that is not set', () => {
    expect(faultsOf(Object.fromEntries(Object.keys(VARIABLES).map((name) => [name, ''])))).toEqual([]);
  });

  it('reads origins without their slash, and several proxies', () => {
    const read = readConfig({ KIOSK_ORIGIN: 'https://Avis.Example.fr:443/', TRUST_PROXY: '10.0.0.0/8, ::1' });
    expect(read).toMatchObject({
      value: { kioskOrigin: 'https://avis.example.fr', trustProxy: ['10.0.0.0/8', '::1'] },
    });
  });
});
