import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestApp, type TestApp } from './test-app.ts';

let server: TestApp;
beforeAll(async () => {
  server = await openTestApp();
});
afterAll(async () => server.close());

it('answers an unknown address with a problem', async () => {
  const reply = await server.app.inject('/nowhere');
  expect(reply.statusCode).toBe(404);
  expect(reply.json()).toMatchObject({ code: 'not-found', type: '/problems#not-found' });
});
