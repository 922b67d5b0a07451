import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestApp, type TestApp } from '../test-app.ts';
import { enrolTablet, type TestTablet } from '../test-tablet.ts';
import { anEntry, aPush } from './a-push.ts';
import { Admission } from './admission.ts';

describe('room for pushes', () => {
  it('is given up to the limit, and again once it has been given back', () => {
    const admission = new Admission(100);
    const first = admission.admit(60);
    const second = admission.admit(40);
    expect(admission.admit(1)).toBeNull();
    first?.();
    first?.();
    const third = admission.admit(60);
    expect(third).not.toBeNull();
    expect(admission.admit(1)).toBeNull();
    second?.();
    third?.();
    // More than all the room there is: whoever is alone may pass.
    expect(admission.admit(500)).not.toBeNull();
    expect(admission.admit(1)).toBeNull();
  });
});

describe('a server with more to do than it can hold', () => {
  let server: TestApp;
  let tablet: TestTablet;
  let sockets: Socket[];
  beforeEach(async () => {
    server = await openTestApp({ pushBytesAtOnce: 100_000 });
    tablet = await enrolTablet(server);
    sockets = [];
    await server.app.listen({ port: 0, host: '127.0.0.1' });
  });
  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    await server.close();
  });

  /** Says that it brings so many bytes, and brings none of them yet. */
  async function comeSlowly(bytes: number) {
    const { port } = server.app.server.address() as AddressInfo;
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    const head = [
      'POST /api/v1/push HTTP/1.1',
      'Host: localhost',
      `Authorization: Bearer ${tablet.token}`,
      'Content-Type: application/json',
      `Content-Length: ${bytes}`,
      '',
      '',
    ];
    const heard = once(server.app.server, 'request');
    socket.write(head.join('\r\n'));
    await heard;
    // Who comes is looked up without waiting for anything but turns of the loop.
    for (let turn = 0; turn < 20; turn += 1) await nextTurn();
    sockets.push(socket);
  }

  const push = async (token = tablet.token) =>
    server.app.inject({
      method: 'POST',
      url: '/api/v1/push',
      headers: { authorization: `Bearer ${token}` },
      payload: aPush([anEntry(1)]),
    });

  it('says when to come back before it reads a body, and takes the next one when there is room', async () => {
    await comeSlowly(60_000);
    await comeSlowly(39_900);
    const refused = await push();
    expect(refused.json()).toMatchObject({ status: 503, code: 'overloaded' });
    const waits = await Promise.all(
      Array.from({ length: 30 }, async () => Number((await push()).headers['retry-after'])),
    );
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(5);
    expect(Math.max(...waits)).toBeLessThanOrEqual(15);
    expect(new Set(waits).size).toBeGreaterThan(3);
    // A stranger hears that he is one, whatever there is to do.
    expect((await push(`${tablet.token}x`)).statusCode).toBe(401);

    // Nobody need be answered for the room to be there again: it is enough that they are gone.
    for (const socket of sockets) socket.destroy();
    await expect.poll(async () => (await push()).statusCode).toBe(201);
  });

  it('gives the room of every push back, however it ends', async () => {
    for (let turn = 0; turn < 400; turn += 1) {
      const { statusCode } = await server.app.inject({
        method: 'POST',
        url: '/api/v1/push',
        headers: { authorization: `Bearer ${tablet.token}`, 'content-type': 'application/json' },
        payload: turn % 2 === 0 ? JSON.stringify(aPush([])) : '{"half":',
      });
      expect(statusCode).toBe(turn % 2 === 0 ? 201 : 400);
    }
  });
});
