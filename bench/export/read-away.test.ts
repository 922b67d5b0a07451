import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { readAway } from './read-away.ts';

let server: Server;
afterEach(() => new Promise((closed) => server.close(closed)));

async function serving(listener: RequestListener): Promise<URL> {
  server = createServer(listener);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/file.csv?all=1`);
}

describe('reading an answer away', () => {
  it('tells what was asked for, the headers, and how long a body in pieces was', async () => {
    const address = await serving((request, response) => {
      response.writeHead(200, {
        'x-parvis-rows': '3',
        'x-asked': `${request.url} ${request.headers.cookie}`,
      });
      response.write('a'.repeat(300_000));
      response.end('b'.repeat(300_000));
    });
    const { status, headers, bytes } = await readAway(address, { cookie: 'session=1' });
    expect([status, headers.get('x-parvis-rows'), headers.get('x-asked')]).toEqual([
      200,
      '3',
      '/file.csv?all=1 session=1',
    ]);
    expect(bytes).toBeGreaterThan(600_000);
    expect(bytes).toBeLessThan(600_100);
  });

  it('gives the words of a refusal', async () => {
    const address = await serving((_request, response) => void response.writeHead(422).end('too many'));
    expect(await readAway(address, {})).toMatchObject({
      status: 422,
      start: expect.stringContaining('too many') as unknown,
    });
  });

  it('does not take a part for the whole', async () => {
    const address = await serving((_request, response) => {
      response.write('a'.repeat(100_000), () => response.socket?.end());
    });
    await expect(readAway(address, {})).rejects.toThrow('/file.csv broke off after 100');
  });
});
