import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import type { Config } from './config.ts';
import { PlainFault } from './plain-fault.ts';

/**
 * Reads the certificate and its key, and makes sure that they are one and belong together.
 *
 * @throws PlainFault naming the file
 */
export function readTlsFiles(tls: NonNullable<Config['tls']>): {
  readonly cert: Buffer;
  readonly key: Buffer;
} {
  const files = { cert: readPem('TLS_CERT_FILE', tls.certFile), key: readPem('TLS_KEY_FILE', tls.keyFile) };
  try {
    createSecureContext(files);
  } catch (error) {
    throw new PlainFault(
      `TLS_CERT_FILE ${tls.certFile} and TLS_KEY_FILE ${tls.keyFile} cannot be used together: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  return files;
}

function readPem(variable: string, path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new PlainFault(
      `${variable} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
