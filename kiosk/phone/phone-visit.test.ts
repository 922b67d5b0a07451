import { describe, expect, it } from 'vitest';
import type { PhoneVisit } from '../../protocol/presence.ts';
import { createManualClock, settleTurns } from '../manual-clock.ts';
import { SYSTEM_RANDOMNESS } from '../ports.ts';
import type { AskServer, ServerReply, ServerRequest } from '../sync/server-port.ts';
import { anAssignment } from '../visit/staged-kiosk.ts';
import { createPhoneVisitor } from './phone-visit.ts';

const GLOBAL = { itemId: 'GLOB' as never, kind: 'rating' as const, code: 'very-satisfied' };
const EXPIRES = '2026-11-24T10:30:00.000Z';

/** A visit on a telephone whose server answers what a test says; without network it answers nothing. */
function aVisitor(options: { readonly maxDrawnItems?: number; readonly language?: 'fr' | 'en' } = {}) {
  const { maxDrawnItems = 0, language = 'fr' } = options;
  const clock = createManualClock();
  const asked: ServerRequest[] = [];
  const atLast: PhoneVisit[] = [];
  const { surveyVersion } = anAssignment();
  const assignment = anAssignment({ surveyVersion: { ...surveyVersion, maxDrawnItems } });
  let answer: (request: ServerRequest) => ServerReply | null = (request) =>
    request.path.endsWith('presence-claims')
      ? reply(201, { protocol: 1, grant: 'g', expiresAt: EXPIRES, assignment })
      : reply(201, { protocol: 1, responseId: messageOf(request).responseId, verdict: 'accepted' });
  const working = answer;
  const ask: AskServer = async (request) => {
    asked.push(request);
    return answer(request);
  };
  const visitor = createPhoneVisitor({
    clock,
    randomness: SYSTEM_RANDOMNESS,
    ask,
    sendAtLast: (_grant, body) => atLast.push(JSON.parse(body) as PhoneVisit),
    seal: async (text) => ({ encapsulatedKey: 'AA==', ciphertext: btoa(text), keyId: 'k' }),
    bringWords: async () => undefined,
    judge: () => ({ flags: [], integrityRules: 1 }),
    language,
  });
  return {
    visitor,
    clock,
    asked,
    atLast,
    answersWith: (next: typeof answer | 'as usual') => {
      answer = next === 'as usual' ? working : next;
    },
    sent: () => asked.filter(({ path }) => path.endsWith('phone-visits')).map(messageOf),
  };
}

function messageOf({ body }: ServerRequest): PhoneVisit {
  return JSON.parse(body ?? '') as PhoneVisit;
}

function reply(status: number, json: unknown, headers: Record<string, string> = {}): ServerReply {
  return { status, json, mediaType: 'application/json', header: (name) => headers[name] ?? null };
}

function problem(status: number, code: string): ServerReply {
  return reply(status, { type: `/problems#${code}`, title: code, status, code });
}

describe('a visit on a telephone', () => {
  it('sends one answer at its end, and thanks only once it has arrived', async () => {
    const { visitor, sent, clock, answersWith } = aVisitor();
    await visitor.open('code');
    visitor.answer(GLOBAL);
    await settleTurns();
    expect(sent()).toEqual([]);
    answersWith(() => null);
    visitor.type('Merci');
    visitor.send();
    await settleTurns();
    expect(visitor.screen).toEqual({ kind: 'sending', isTroubled: true });
    answersWith('as usual');
    await clock.advance(15_000);
    expect(visitor.screen).toMatchObject({ kind: 'visiting', view: { visit: { kind: 'thanking' } } });
    const [first, again] = sent();
    expect(first).toMatchObject({
      revision: 1,
      response: {
        channel: 'phone',
        disposition: 'complete',
        answers: [GLOBAL],
        sealedText: { ciphertext: btoa('Merci') },
      },
    });
    expect({ ...again, sentAt: '' }).toEqual({ ...first, sentAt: '' });
  });

  it('tries again at once when the network is back', async () => {
    const { visitor, answersWith } = aVisitor();
    answersWith(() => null);
    const opened = visitor.open('code');
    await settleTurns();
    expect(visitor.screen).toEqual({ kind: 'opening', isTroubled: true });
    answersWith('as usual');
    visitor.networkMayBeBack();
    await opened;
    expect(visitor.screen.kind).toBe('visiting');
  });

  it.each([
    [409, 'presence-code-used', 'used'],
    [410, 'presence-code-expired', 'expired'],
    [404, 'presence-code-forged', 'unknown'],
    [403, 'presence-code-revoked', 'revoked'],
  ])('says why it does not open: %i %s', async (status, code, refusal) => {
    const { visitor, answersWith } = aVisitor();
    answersWith(() => problem(status, code));
    await visitor.open('code');
    expect(visitor.screen).toEqual({ kind: 'refused', refusal });
  });

  it('asks for a code where the address held none', async () => {
    const { visitor, asked } = aVisitor();
    await visitor.open(null);
    expect([visitor.screen, asked]).toEqual([{ kind: 'refused', refusal: 'no-code' }, []]);
  });

  it('does not take another page’s answer for its own', async () => {
    const { visitor, answersWith } = aVisitor();
    answersWith(() => reply(200, '<html>'));
    void visitor.open('code');
    await settleTurns();
    expect(visitor.screen).toEqual({ kind: 'opening', isTroubled: true });
  });

  it('says that an answer is lost when its time is over', async () => {
    const { visitor, answersWith } = aVisitor();
    await visitor.open('code');
    visitor.answer(GLOBAL);
    await settleTurns();
    answersWith(() => problem(410, 'visit-grant-expired'));
    visitor.finish();
    await settleTurns();
    expect(visitor.screen).toEqual({ kind: 'refused', refusal: 'ended' });
  });

  it('leaves what was touched when it is put away, once, and ends as a later revision when it is taken up again', async () => {
    const { visitor, atLast, sent } = aVisitor({ maxDrawnItems: 1 });
    await visitor.open('code');
    visitor.putAway();
    expect(atLast).toEqual([]);
    visitor.answer(GLOBAL);
    await settleTurns();
    visitor.putAway();
    visitor.putAway();
    expect(atLast).toMatchObject([{ revision: 1, response: { disposition: 'partial', answers: [GLOBAL] } }]);
    visitor.finish();
    await settleTurns();
    const [message] = sent();
    expect(message).toMatchObject({ revision: 2, response: { disposition: 'complete' } });
    expect(message?.responseId).toBe(atLast[0]?.responseId);
    visitor.putAway();
    expect(atLast).toHaveLength(1);
  });

  it('begins in the telephone’s language and lets hands rest', async () => {
    const { visitor, clock } = aVisitor({ language: 'en' });
    await visitor.open('code');
    visitor.answer(GLOBAL);
    await settleTurns();
    await clock.advance(3_600_000);
    expect(visitor.screen).toMatchObject({
      kind: 'visiting',
      view: { visit: { kind: 'asking', isWarned: false, visit: { language: 'en' } } },
    });
  });
});
