import './outbox/wake-storage.ts';
import { PARTS } from 'virtual:kiosk-parts';
import { render } from 'preact';
import { err } from '../domain/result.ts';
import { App } from './app.tsx';
import { takeCodeFromAddress } from './device/code-in-address.ts';
import { followComfort } from './comfort/follow-comfort.ts';
import { pagesOver } from './device/pages.ts';
import { keepTrying } from './device/keep-trying.ts';
import { showEnrolmentOnceNeeded } from './device/show-enrolment.ts';
import type { Updates } from './device/updates.part.ts';
import { keepAwake } from './device/wake-lock.ts';
import { createEngine } from './engine.ts';
import { drawOver } from './first-screen/draw-over.ts';
import { createOutbox } from './outbox/create-outbox.ts';
import { DATABASE_NAME, OutboxDatabase } from './outbox/database.ts';
import { beginFreshLog } from './outbox/fresh-log.ts';
import { canSeal, sealText } from './outbox/seal.ts';
import { DATABASE_KEY, createWitness, localStorageOf } from './outbox/witness.ts';
import { createPartLoader } from './parts.ts';
import { SYSTEM_CLOCK, SYSTEM_RANDOMNESS } from './ports.ts';
import { createLateSync } from './sync/late-sync.ts';
import { openOnTouch } from './visit/open-on-touch.ts';
import { createSpeeches } from './words/speeches.ts';
import type { JudgeVisit } from './visit/integrity.part.ts';

const root = document.getElementById('app');
if (root === null) throw new Error('No #app');

// Absent on a page without HTTPS, and in part on older tablets, whatever the types say.
const browser: Partial<Pick<Navigator, 'locks' | 'storage' | 'wakeLock'>> = navigator;
const clock = SYSTEM_CLOCK;
const randomness = SYSTEM_RANDOMNESS;
const loadPart = createPartLoader(PARTS, document);
const enrolment = () => loadPart<typeof import('./device/enrolment.part.tsx')>('enrolment');
const isSecure = canSeal();
const speeches = createSpeeches(async (language) => {
  // Each language's part holds the same words; the name of one stands for all.
  const { WORDS } = await loadPart<typeof import('./words/words-en.part.ts')>(`words-${language}`);
  return WORDS;
});
let judge: JudgeVisit | null = null;
const storage = localStorageOf(window);
const openDatabase = (name: string) => new OutboxDatabase({ indexedDB, IDBKeyRange }, name);
const databaseName = storage?.getItem(DATABASE_KEY) ?? DATABASE_NAME;
const pages = pagesOver(browser.locks, new BroadcastChannel('parvis-pages'));
const outbox = createOutbox({
  open: () => openDatabase(databaseName),
  witness: createWitness(storage),
  clock,
  isAlone: pages.isAlone,
});
const gauge = browser.storage ?? {};
let updates: Updates | null = null;
const engine = createEngine({
  clock,
  randomness,
  outbox,
  ...createLateSync(() => loadPart('sync'), fetch.bind(window), clock),
  claim: async (...asked) => {
    const part = await enrolment().catch(() => null);
    return part === null ? err({ kind: 'unreachable' }) : part.claimPlace(...asked);
  },
  pages,
  gauge,
  bringWords: speeches.bring,
  seal: isSecure ? sealText : null,
  judge: () => judge,
});

drawOver(
  root,
  engine,
  () => {
    render(
      <App
        kiosk={engine}
        speeches={speeches}
        loadAid={() => loadPart<typeof import('./suggestion/suggestion.part.ts')>('suggestion')}
      />,
      root,
    );
    beginFreshLog();
  },
  (markup) => {
    if (isSecure)
      keepTrying(clock, async () => {
        const part = await loadPart<typeof import('./first-screen/first-screen.part.ts')>('first-screen');
        await part.keepFirstScreen(document, caches, markup);
      });
  },
);
showEnrolmentOnceNeeded(engine, clock, async () =>
  (await enrolment()).showEnrolment(engine, document, isSecure),
);
followComfort(engine, document.documentElement, {
  loadModes: () => loadPart('modes'),
  loadListening: () => loadPart('listen'),
  onError: engine.noteError,
});
void engine.start(takeCodeFromAddress(location, history));
addEventListener('hashchange', () => {
  const code = takeCodeFromAddress(location, history);
  if (code !== null) void engine.enrol(code);
});
opens<typeof import('./visit/languages.part.ts')>('languages', ({ showLanguages }) =>
  showLanguages(document, speeches, engine.chooseLanguage),
);
opens<typeof import('./visit/declaration.part.ts')>('declaration', ({ showDeclaration }) =>
  showDeclaration(document),
);
addEventListener('online', () => engine.networkMayBeBack());
keepAwake(document, browser.wakeLock);
keepTrying(clock, async () => {
  const part = await loadPart<typeof import('./visit/integrity.part.ts')>('integrity');
  judge = part.createIntegrityJudge();
  // So that the field of the suggestion stands still from its first moment.
  await loadPart('suggestion');
});
keepTrying(clock, async () => {
  const { keepWitness } = await loadPart<typeof import('./loss/loss.part.ts')>('loss');
  keepWitness({ engine, openDatabase, databaseName, clock, storage });
});
keepTrying(clock, async () => {
  const { keepUpdated } = await loadPart<typeof import('./device/updates.part.ts')>('updates');
  updates = keepUpdated({
    clock,
    randomness,
    isReplaceable: engine.isReplaceable,
    view: () => engine.view,
    onError: engine.noteError,
  });
});
keepTrying(clock, async () => {
  const { attend } = await loadPart<typeof import('./staff/desk.part.ts')>('desk');
  attend({
    engine,
    outbox,
    gauge,
    clock,
    storage,
    page: document,
    updates: () => updates,
    loadMenu: () => loadPart<typeof import('./staff/staff.part.tsx')>('staff'),
    loadQuiet: () => loadPart<typeof import('./staff/quiet.part.tsx')>('quiet'),
  });
});
if (isSecure)
  keepTrying(clock, async () => {
    const { showPresence } = await loadPart<typeof import('./presence/presence.part.ts')>('presence');
    showPresence(engine, { clock, randomness, page: document });
  });

/** Loads and shows a part when something that says it opens it is touched. */
function opens<Part>(name: string, show: (part: Part) => void): void {
  openOnTouch(document, name, () => {
    loadPart<Part>(name).then(show, () => engine.noteError(`${name}-not-loaded`));
  });
}
