import * as v from 'valibot';
import { describe, expect, it, vi } from 'vitest';
import { PROBLEMS, type ProblemCode } from '../../protocol/problem.ts';
import { words } from '../words/words.ts';
import { addressOf, createApi } from './api.ts';
import { failureText } from './failure-words.ts';

const SCHEMA = v.object({ count: v.number() });

function apiThat(reply: () => Promise<Response>) {
  const onSignedOut = vi.fn<() => void>();
  return { api: createApi(reply, onSignedOut), onSignedOut };
}

describe('the way to the server', () => {
  it('gives what decodes, and nothing else', async () => {
    const { api } = apiThat(async () => new Response('{"count":3,"more":1}'));
    expect(await api.get('/x', SCHEMA)).toEqual({ ok: true, value: { count: 3 } });
    const { api: other } = apiThat(async () => new Response('{"count":"3"}'));
    expect(await other.get('/x', SCHEMA)).toEqual({ ok: false, error: { kind: 'unreadable', status: 200 } });
  });

  it('takes another page’s HTML for what it is', async () => {
    const { api } = apiThat(async () => new Response('<h1>Wi-Fi de l’hôtel</h1>'));
    expect(await api.get('/x', SCHEMA)).toEqual({ ok: false, error: { kind: 'unreadable', status: 200 } });
  });

  it('says that the server cannot be reached', async () => {
    const { api } = apiThat(() => Promise.reject(new TypeError('Failed to fetch')));
    expect(await api.sendOnly('DELETE', '/x')).toEqual({ ok: false, error: { kind: 'unreachable' } });
  });

  it('lets a fault of our own through', async () => {
    const { api } = apiThat(() => Promise.reject(new RangeError('a bug')));
    await expect(api.get('/x', SCHEMA)).rejects.toThrow('a bug');
  });

  it('tells when the session is over, and only then', async () => {
    const problem = (code: ProblemCode) => async () =>
      new Response(JSON.stringify({ type: 't', title: 't', status: PROBLEMS[code].status, code }), {
        status: PROBLEMS[code].status,
      });
    const expired = apiThat(problem('not-signed-in'));
    await expired.api.get('/x', SCHEMA);
    expect(expired.onSignedOut).toHaveBeenCalledOnce();
    const wrong = apiThat(problem('wrong-credentials'));
    await wrong.api.get('/x', SCHEMA);
    expect(wrong.onSignedOut).not.toHaveBeenCalled();
  });

  it('leaves what is empty out of an address', () => {
    expect(addressOf('/x', { a: 'é&', b: '', c: null, d: undefined })).toBe('/x?a=%C3%A9%26');
    expect(addressOf('/x', {})).toBe('/x');
  });
});

describe('what went wrong', () => {
  it.each(Object.keys(PROBLEMS) as ProblemCode[])('is said in French: %s', (code) => {
    const text = failureText({ kind: 'problem', problem: { type: 't', title: 't', status: 400, code } });
    expect(text).toMatch(/^\p{Lu}.*\.$/u);
    expect(text).not.toMatch(/ [;:?!]/);
    expect(text).toBe(words.problems.byCode(code));
  });
});
