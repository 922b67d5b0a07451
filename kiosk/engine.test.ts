import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { CipherSuite, AEAD_AES_128_GCM, KDF_HKDF_SHA256, KEM_DHKEM_P256_HKDF_SHA256 } from 'hpke';
import * as v from 'valibot';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SurveyResponse } from '../domain/answers.ts';
import type { ItemId } from '../domain/ids.ts';
import { err } from '../domain/result.ts';
import { HOME, type VisitState, languageOf } from '../domain/visit.ts';
import { surveyResponseSchema } from '../protocol/push.ts';
import { type EngineRig, GOOD_CODE, createEngineRig } from './engine-rig.ts';
import type { Outbox } from './outbox/outbox.ts';
import { CLOSING_MS } from './visit/idle-clock.ts';
import { anAssignment } from './visit/staged-kiosk.ts';

const SUITE = new CipherSuite(KEM_DHKEM_P256_HKDF_SHA256, KDF_HKDF_SHA256, AEAD_AES_128_GCM);
let publicKey = '';
let indexedDB: IDBFactory;
let rig: EngineRig;
/** Which of the outbox's operations fail now. */
let broken: Set<keyof Outbox>;

beforeAll(async () => {
  const pair = await SUITE.GenerateKeyPair();
  publicKey = Buffer.from(await SUITE.SerializePublicKey(pair.publicKey)).toString('base64');
});
beforeEach(() => {
  broken = new Set();
  indexedDB = new IDBFactory();
  const assignment = anAssignment({ sealingKey: { keyId: 'k1', publicKey } });
  rig = createEngineRig({ indexedDB, IDBKeyRange }, assignment, { breakable });
});

function breakable(outbox: Outbox): Outbox {
  return new Proxy(outbox, {
    get: (target, name: keyof Outbox) =>
      broken.has(name) ? async () => err({ kind: 'full' }) : target[name],
  });
}

const rate = (itemId: string, code = 'very-satisfied') =>
  ({ itemId: itemId as ItemId, kind: 'rating', code }) as const;

function visit(): VisitState {
  const { view } = rig.engine;
  if (view.kind !== 'serving') throw new Error(`The kiosk is ${view.kind}.`);
  return view.visit;
}

function asked(): string {
  const state = visit();
  return state.kind === 'asking' ? (state.visit.steps[state.step]?.itemId ?? '') : state.kind;
}

async function touch(act: () => void): Promise<void> {
  act();
  await rig.settle();
}

async function leaveThanks(): Promise<void> {
  await rig.clock.advance(CLOSING_MS);
  await touch(() => rig.engine.leaveThanks());
}

async function answerAll(): Promise<void> {
  while (asked() !== 'SUGG' && asked() !== 'thanking') {
    const itemId = asked() === 'attracting' ? 'GLOB' : asked();
    await touch(() =>
      rig.engine.answer(
        itemId === 'RAIS' ? { itemId: itemId as ItemId, kind: 'choice', codes: ['wait'] } : rate(itemId),
      ),
    );
  }
}

const responses = () => [...rig.server.bodies.values()].map((body) => JSON.parse(body) as SurveyResponse);

async function rawRows(): Promise<string> {
  const opening = indexedDB.open('parvis-outbox-1');
  await rig.settle();
  const reading = opening.result.transaction(['entries', 'settings']);
  const all = ['entries', 'settings'].map((name) => reading.objectStore(name).getAll());
  await rig.settle();
  opening.result.close();
  return JSON.stringify(all.map((request) => request.result));
}

describe('enrolment', () => {
  it('waits for a code, and says what was wrong with one', async () => {
    await rig.open();
    expect(rig.engine.view).toEqual({ kind: 'unenrolled', isEnrolling: false, failure: null });
    expect(await rig.engine.enrol('WRONGGGG')).toEqual(err({ kind: 'codeUnknown' }));
    expect(rig.engine.view).toMatchObject({ kind: 'unenrolled', failure: { kind: 'codeUnknown' } });
    expect(await rig.engine.enrol('SLOWDOWN')).toEqual(err({ kind: 'tooManyTries', retryAfterSeconds: 120 }));
    rig.server.fail('html200');
    expect(await rig.engine.enrol(GOOD_CODE)).toEqual(err({ kind: 'unreachable' }));
    expect((await rig.engine.enrol(GOOD_CODE)).ok).toBe(true);
    expect(visit()).toEqual(HOME);
  });

  it('does not spend a code whose fruit it could not keep', async () => {
    await rig.open();
    broken.add('probe');
    expect(await rig.engine.enrol(GOOD_CODE)).toEqual(err({ kind: 'storageFailed' }));
    expect(rig.server.requests).toEqual([]);
  });

  it('takes its place by a link, and keeps it through a restart without network', async () => {
    await rig.open(GOOD_CODE);
    expect(asked()).toBe('attracting');
    await rig.crash();
    rig.server.failAlways('requestLost');
    await rig.open();
    expect(asked()).toBe('attracting');
  });

  it('keeps its place when an old link is opened again', async () => {
    await rig.enrolled();
    await rig.crash();
    await rig.open('USEDCODE');
    expect(asked()).toBe('attracting');
  });

  it('follows its link once storage can be opened', async () => {
    broken.add('recall');
    await rig.open(GOOD_CODE);
    expect(rig.server.requests).toEqual([]);
    broken.clear();
    await rig.clock.advance(5_000);
    expect(asked()).toBe('attracting');
  });

  it('fetches its first assignment as soon as the network lets it', async () => {
    await rig.open();
    rig.server.fail(null, 'internalError', 'internalError');
    await rig.engine.enrol(GOOD_CODE);
    expect(rig.engine.view).toMatchObject({ kind: 'awaitingAssignment', lack: 'unreached' });
    await rig.clock.advance(60_000);
    expect(asked()).toBe('attracting');
  });

  it.each([
    ['forbiddenByProxy', 'unreached'],
    ['noQuestionnaire', 'noQuestionnaire'],
    ['tokenRefused', 'revoked'],
    ['notUnderstood', 'notUnderstood'],
  ] as const)('says why it has nothing to ask (%s), and begins once that has gone', async (fault, lack) => {
    await rig.open();
    rig.server.fail(null, fault, fault, fault, fault);
    await rig.engine.enrol(GOOD_CODE);
    expect(rig.engine.view).toMatchObject({ kind: 'awaitingAssignment', lack });
    await rig.clock.advance(20 * 60_000);
    expect(asked()).toBe('attracting');
  });

  it('shows a changed assignment on the first screen only, and keeps the old one when the new cannot be read', async () => {
    await rig.enrolled();
    await touch(() => rig.engine.answer(rate('GLOB')));
    const { assignment } = rig.server;
    rig.server.assignment = { ...assignment, service: { ...assignment.service, name: 'État civil' } };
    rig.server.assignmentTag = 'tag-2';
    const service = () => rig.engine.view.kind === 'serving' && rig.engine.view.assignment.service.name;
    for (let second = 0; second < 120; second += 20) {
      await rig.clock.advance(20_000);
      rig.engine.noticeTouch();
    }
    expect(service()).toBe('Accueil général');
    await touch(() => rig.engine.finish());
    await leaveThanks();
    expect(service()).toBe('État civil');
    rig.server.assignment = { ...assignment, timeZone: 3 } as unknown as typeof assignment;
    rig.server.assignmentTag = 'tag-3';
    await rig.clock.advance(120_000);
    expect(service()).toBe('État civil');
  });
});

describe('a visit', () => {
  it('reaches the server complete, as the wire describes it, its text sealed and nowhere in clear', async () => {
    await rig.enrolled();
    await answerAll();
    await touch(() => rig.engine.type('Un siège bleu'));
    rig.engine.send();
    await rig.settle();
    expect(asked()).toBe('thanking');
    expect(await rawRows()).not.toContain('bleu');
    await rig.clock.advance(3_000);
    const [response] = responses();
    expect(v.parse(surveyResponseSchema, response)).toEqual(response);
    expect(response).toMatchObject({ disposition: 'complete', channel: 'tablet', language: 'fr' });
    expect(response?.answers).toHaveLength(4);
    expect(response?.sealedText?.keyId).toBe('k1');
    expect(JSON.stringify(rig.engine.view)).not.toContain('bleu');
  });

  it('shows the next question only once the touch is stored, and takes one touch at a time', async () => {
    await rig.enrolled();
    rig.engine.answer(rate('GLOB'));
    rig.engine.answer(rate('GLOB', 'very-dissatisfied'));
    expect(rig.engine.view).toMatchObject({ visit: { kind: 'attracting' } });
    await rig.settle();
    expect(rig.engine.view).toMatchObject({ visit: { kind: 'asking', step: 1 } });
    const state = visit();
    expect(state.kind === 'asking' && state.visit.answers).toEqual([rate('GLOB')]);
  });

  it('asks whether it goes on after a minute, and ends half a minute later as partial, its text wiped', async () => {
    await rig.enrolled();
    await answerAll();
    await touch(() => rig.engine.type('Un siège bleu'));
    await rig.clock.advance(59_000);
    expect(visit()).toMatchObject({ kind: 'asking', isWarned: false });
    rig.engine.noticeTouch();
    await rig.clock.advance(60_000);
    expect(visit()).toMatchObject({ isWarned: true });
    await rig.clock.advance(30_000);
    expect(visit()).toEqual(HOME);
    await rig.clock.advance(3_000);
    expect(responses()).toMatchObject([{ disposition: 'partial', sealedText: null }]);
  });

  it('goes on when the visitor says so', async () => {
    await rig.enrolled();
    await touch(() => rig.engine.answer(rate('GLOB')));
    await rig.clock.advance(60_000);
    await touch(() => rig.engine.carryOn());
    expect(visit()).toMatchObject({ isWarned: false });
    await rig.clock.advance(59_000);
    expect(visit()).toMatchObject({ kind: 'asking', isWarned: false });
  });

  it('lets nobody drum on the thanks for four seconds', async () => {
    await rig.enrolled();
    await touch(() => rig.engine.answer(rate('GLOB')));
    await touch(() => rig.engine.finish());
    for (let tap = 0; tap < 19; tap += 1) {
      await rig.clock.advance(200);
      await touch(() => rig.engine.leaveThanks());
      await touch(() => rig.engine.answer(rate('GLOB')));
      expect(asked()).toBe('thanking');
    }
    await rig.clock.advance(200);
    await touch(() => rig.engine.leaveThanks());
    expect(asked()).toBe('attracting');
    await rig.clock.advance(3_000);
    expect(responses()).toHaveLength(1);
  });

  it('tells by its flags what was drummed, and says nothing of an honest visit whatever the calendar does', async () => {
    await rig.enrolled();
    const visitAtPace = async (paceMs: number) => {
      while (asked() !== 'SUGG') {
        const itemId = (asked() === 'attracting' ? 'GLOB' : asked()) as ItemId;
        const answer =
          itemId === 'RAIS' ? ({ itemId, kind: 'choice', codes: ['wait'] } as const) : rate(itemId);
        await touch(() => rig.engine.answer(answer));
        await rig.clock.advance(paceMs);
      }
      await touch(() => rig.engine.finish());
      await leaveThanks();
    };
    await visitAtPace(2_000);
    await rig.clock.advance(60_000);
    rig.clock.setCalendar(rig.clock.now() - 86_400_000);
    await visitAtPace(2_000);
    await visitAtPace(500);
    await rig.clock.advance(60_000);
    expect(responses().map(({ paradata }) => paradata)).toMatchObject([
      { flags: [], integrityRules: 1 },
      { flags: [], integrityRules: 1 },
      { flags: ['burst', 'speeding'], integrityRules: 1 },
    ]);
  });

  it('knows the second half of a double tap by the question that came between', async () => {
    await rig.enrolled();
    rig.engine.noticeTouch({ x: 90, y: 200 });
    await touch(() => rig.engine.answer(rate('GLOB')));
    await rig.clock.advance(120);
    rig.engine.noticeTouch({ x: 92, y: 201 });
    expect(rig.engine.isSecondTap()).toBe(true);
    await rig.clock.advance(400);
    rig.engine.noticeTouch({ x: 92, y: 201 });
    expect(rig.engine.isSecondTap()).toBe(false);
  });

  it('leaves the thanks after ten seconds, and a chosen language after a minute', async () => {
    await rig.enrolled();
    await touch(() => rig.engine.answer(rate('GLOB')));
    await touch(() => rig.engine.finish());
    await rig.clock.advance(9_900);
    expect(asked()).toBe('thanking');
    await rig.clock.advance(100);
    expect(asked()).toBe('attracting');
    rig.engine.chooseLanguage('en');
    await rig.clock.advance(59_900);
    expect(visit()).toMatchObject({ kind: 'attracting', language: 'en' });
    await rig.clock.advance(100);
    expect(visit()).toEqual(HOME);
  });

  it('forgets after a minute what was switched on at the first screen', async () => {
    await rig.enrolled();
    rig.engine.switchComfort('large');
    await rig.clock.advance(59_900);
    expect(visit()).toMatchObject({ kind: 'attracting', comfort: ['large'] });
    await rig.clock.advance(100);
    expect(visit()).toEqual(HOME);
  });

  it('stays in its language where the words of another cannot be had, and notes it', async () => {
    const bringWords = () => Promise.reject(new Error('The part is missing.'));
    rig = createEngineRig({ indexedDB, IDBKeyRange }, anAssignment(), { bringWords });
    await rig.enrolled();
    await touch(() => rig.engine.chooseLanguage('ar'));
    expect(visit()).toEqual(HOME);
    await touch(() => rig.engine.answer(rate('GLOB')));
    await touch(() => rig.engine.finish());
    await rig.clock.advance(3_000);
    expect(rig.server.lastError).toMatch(/ words-ar-missing$/);
  });

  it('speaks the language chosen last, and to no visitor but the one who chose it', async () => {
    const waiting = new Map<string, () => void>();
    const bringWords = (language: string) =>
      new Promise<void>((resolve) => void waiting.set(language, resolve));
    rig = createEngineRig({ indexedDB, IDBKeyRange }, anAssignment(), { bringWords });
    const language = () => languageOf(visit());
    await rig.enrolled();
    await touch(() => rig.engine.chooseLanguage('ar'));
    await touch(() => rig.engine.chooseLanguage('uk'));
    await touch(() => waiting.get('uk')?.());
    await touch(() => waiting.get('ar')?.());
    expect(language()).toBe('uk');
    await touch(() => rig.engine.answer(rate('GLOB')));
    await touch(() => rig.engine.chooseLanguage('tr'));
    await touch(() => rig.engine.finish());
    await leaveThanks();
    await touch(() => waiting.get('tr')?.());
    expect(language()).toBe('fr');
  });

  it('asks every item of the survey equally often over a day, through restarts too', async () => {
    const assignment = anAssignment();
    const surveyVersion = { ...assignment.surveyVersion, maxDrawnItems: 1 };
    rig = createEngineRig({ indexedDB, IDBKeyRange }, anAssignment({ surveyVersion }));
    await rig.enrolled();
    const counts = new Map<string, number>();
    for (let turn = 0; turn < 9; turn += 1) {
      await touch(() => rig.engine.answer(rate('GLOB')));
      counts.set(asked(), (counts.get(asked()) ?? 0) + 1);
      await touch(() => rig.engine.finish());
      await leaveThanks();
      if (turn % 2 === 0) {
        await rig.crash();
        await rig.open();
      }
    }
    expect(Object.fromEntries(counts)).toEqual({ AMAB: 3, RAIS: 3, SIGN: 3 });
  });

  it('is not lost when its page goes: what was touched is sent by the next one', async () => {
    await rig.enrolled();
    await touch(() => rig.engine.answer(rate('GLOB', 'fairly-dissatisfied')));
    await rig.crash();
    await rig.open();
    await rig.clock.advance(3_000);
    expect(responses()).toMatchObject([
      { disposition: 'partial', answers: [rate('GLOB', 'fairly-dissatisfied')] },
    ]);
  });

  it('waits on the tablet, counted for staff, until the server can be reached', async () => {
    await rig.enrolled();
    rig.server.failAlways('requestLost');
    await touch(() => rig.engine.answer(rate('GLOB')));
    await touch(() => rig.engine.finish());
    await rig.clock.advance(15_000);
    expect(rig.engine.view).toMatchObject({ sign: { waiting: 1, connection: 'unreached' } });
    rig.server.failAlways(null);
    rig.engine.networkMayBeBack();
    await rig.clock.advance(6_000);
    expect(rig.engine.view).toMatchObject({ sign: { waiting: 0, connection: 'reached' } });
    expect(rig.server.bodies.size).toBe(1);
  });
});

describe('out of order', () => {
  it.each(['enqueue', 'amend', 'settle'] as const)(
    'never thanks for what it could not keep: %s',
    async (failing) => {
      await rig.enrolled();
      const shown: string[] = [];
      rig.engine.subscribe(
        () => void shown.push(rig.engine.view.kind === 'serving' ? visit().kind : rig.engine.view.kind),
      );
      broken.add(failing);
      broken.add('probe');
      await touch(() => rig.engine.answer(rate('GLOB')));
      if (rig.engine.view.kind === 'serving') await touch(() => rig.engine.answer(rate(asked())));
      if (rig.engine.view.kind === 'serving') await touch(() => rig.engine.finish());
      expect(rig.engine.view).toMatchObject({ kind: 'outOfOrder', reason: 'storage-full' });
      expect(shown).not.toContain('thanking');
      await rig.clock.advance(60_000);
      expect(rig.engine.view.kind).toBe('outOfOrder');
      broken.clear();
      await rig.clock.advance(10_000);
      expect(visit()).toEqual(HOME);
      await rig.clock.advance(60_000);
      expect(responses().map(({ disposition }) => disposition)).toEqual(
        failing === 'enqueue' ? [] : ['partial'],
      );
    },
  );

  it('starts by itself once storage can be opened', async () => {
    broken.add('recall');
    await rig.open();
    expect(rig.engine.view).toMatchObject({ kind: 'outOfOrder', reason: 'storage-full' });
    broken.clear();
    await rig.clock.advance(5_000);
    expect(rig.engine.view.kind).toBe('unenrolled');
  });

  it('asks for no text where the page may not seal it', async () => {
    rig = createEngineRig({ indexedDB, IDBKeyRange }, anAssignment(), { seal: null });
    await rig.enrolled();
    await answerAll();
    expect(asked()).toBe('thanking');
    await rig.clock.advance(3_000);
    expect(responses()).toMatchObject([{ disposition: 'complete', sealedText: null }]);
  });

  it('does not thank for words it could not seal', async () => {
    const sealingKey = { keyId: 'bad', publicKey: 'AA==' };
    rig = createEngineRig({ indexedDB, IDBKeyRange }, anAssignment({ sealingKey }));
    await rig.enrolled();
    await answerAll();
    await touch(() => rig.engine.type('Un siège bleu'));
    await touch(() => rig.engine.send());
    expect(rig.engine.view).toMatchObject({ kind: 'outOfOrder', reason: 'storage-notSealed' });
    expect(await rawRows()).not.toContain('bleu');
    await rig.clock.advance(10_000);
    expect(responses()).toMatchObject([{ disposition: 'partial', sealedText: null }]);
  });
});

describe('replacing the page', () => {
  it('is allowed on the first screen only, untouched for a minute, with nothing on its way', async () => {
    await rig.enrolled();
    await rig.clock.advance(59_000);
    expect(rig.engine.isReplaceable()).toBe(false);
    await rig.clock.advance(2_000);
    expect(rig.engine.isReplaceable()).toBe(true);
    rig.engine.noticeTouch();
    expect(rig.engine.isReplaceable()).toBe(false);
    await touch(() => rig.engine.answer(rate('GLOB')));
    await rig.clock.advance(59_000);
    expect(rig.engine.isReplaceable()).toBe(false);
    await rig.clock.advance(31_000);
    expect(asked()).toBe('attracting');
    expect(rig.engine.isReplaceable()).toBe(true);
    rig.server.failAlways('silence');
    const sent = rig.server.requests.length;
    while (rig.server.requests.length === sent) await rig.clock.advance(1_000);
    expect(rig.engine.isReplaceable()).toBe(false);
  });
});
