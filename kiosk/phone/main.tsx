import { render } from 'preact';
import { LANGUAGES, type Language } from '../../domain/survey.ts';
import { HOME_LANGUAGE } from '../../domain/visit.ts';
import { canSeal, sealText } from '../outbox/seal.ts';
import { SYSTEM_CLOCK, SYSTEM_RANDOMNESS } from '../ports.ts';
import { askOver } from '../sync/server-port.ts';
import { createIntegrityJudge } from '../visit/integrity.part.ts';
import { showLanguages } from '../visit/languages.part.ts';
import { openOnTouch } from '../visit/open-on-touch.ts';
import { createSpeeches } from '../words/speeches.ts';
import { PhoneApp } from './phone-app.tsx';
import { createPhoneVisitor } from './phone-visit.ts';
import { VISITS_PATH } from './phone-wire.ts';
import { takeCode } from './take-code.ts';
import { loadKioskWords } from './words/kiosk-words.ts';

const root = document.getElementById('app');
if (root === null) throw new Error('The page has no #app to render into.');

const speeches = createSpeeches(loadKioskWords);
const visitor = createPhoneVisitor({
  clock: SYSTEM_CLOCK,
  randomness: SYSTEM_RANDOMNESS,
  ask: askOver(fetch.bind(window), SYSTEM_CLOCK),
  sendAtLast: (grant, body) =>
    void fetch(VISITS_PATH, {
      method: 'POST',
      body,
      keepalive: true,
      credentials: 'omit',
      cache: 'no-store',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${grant}` },
      // Nobody is left to hear of it.
    }).catch(() => undefined),
  seal: canSeal() ? sealText : null,
  bringWords: speeches.bring,
  judge: createIntegrityJudge(),
  language: languageOfPhone(),
});

render(<PhoneApp visitor={visitor} speeches={speeches} />, root);
void visitor.open(takeCode(location, history));
openOnTouch(document, 'languages', () => showLanguages(document, speeches, visitor.chooseLanguage));
addEventListener('hashchange', () => location.reload());
addEventListener('online', () => visitor.networkMayBeBack());
addEventListener('pagehide', () => visitor.putAway());
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') visitor.putAway();
  else visitor.networkMayBeBack();
});

/** The first of the telephone's languages that is spoken here. */
function languageOfPhone(): Language {
  const wanted = navigator.languages.map((tag) => tag.split('-', 1)[0]);
  return (
    wanted.map((tag) => LANGUAGES.find((one) => one === tag)).find((one) => one !== undefined) ??
    HOME_LANGUAGE
  );
}
import '../styles/tokens.css';
import '../styles/base.css';
import '../visit/top.css';
import '../visit/language-bar.css';
import '../suggestion/suggestion.css';
import '../visit/rating.css';
import '../visit/answers.css';
import '../visit/message.css';
import './phone.css';
