import type { Answer } from '../domain/answers.ts';
import type { Item } from '../domain/survey.ts';
import type { Engine } from '../kiosk/engine-ports.ts';
import type { Chance } from './chance.ts';
import type { Timeline } from './timeline.ts';

const CODES = ['very-satisfied', 'fairly-satisfied', 'fairly-dissatisfied', 'very-dissatisfied'];
const WORDS = ['Merci beaucoup', 'Trop d’attente', 'Où est l’ascenseur ?', '👍', 'ça va'];
const MOST_TOUCHES = 12;

/**
 * Somebody comes to the tablet and touches what is shown, as people do: quickly or slowly, back and forth, to the end or away in the middle.
 *
 * @param isThere false once the page is gone
 */
export function visit(engine: Engine, isThere: () => boolean, timeline: Timeline, chance: Chance): void {
  const patience = chance.whole(1, MOST_TOUCHES);
  let touches = 0;

  function touch(): void {
    if (!isThere() || touches >= patience) return;
    touches += 1;
    if (touchOnce(engine, chance)) timeline.after(chance.between(300, 5_000), touch);
  }
  touch();
}

/** False where the visit is over. */
function touchOnce(engine: Engine, chance: Chance): boolean {
  const { view } = engine;
  if (view.kind !== 'serving') return false;
  const state = view.visit;
  engine.noticeTouch();
  switch (state.kind) {
    case 'attracting': {
      const item = view.assignment.surveyVersion.items.find((one) => one.kind === 'rating' && one.isGlobal);
      if (item !== undefined) engine.answer(answerTo(item, chance));
      return true;
    }
    case 'asking': {
      if (state.isWarned) engine.carryOn();
      else touchQuestion(engine, state.visit.steps[state.step], chance);
      return true;
    }
    case 'thanking':
      engine.leaveThanks();
      return false;
    case 'outOfOrder':
      return false;
  }
}

function touchQuestion(engine: Engine, item: Item | undefined, chance: Chance): void {
  if (item === undefined || chance.happens(0.06)) return engine.goBack();
  if (item.kind === 'verbatim') {
    if (chance.happens(0.03)) engine.type(chance.pick(WORDS));
    return chance.happens(0.8) ? engine.send() : engine.skip();
  }
  if (chance.happens(0.1)) return engine.skip();
  if (chance.happens(0.08)) return engine.finish();
  engine.answer(answerTo(item, chance));
}

function answerTo(item: Item, chance: Chance): Answer {
  const { itemId } = item;
  if (item.kind !== 'choice') return { itemId, kind: 'rating', code: chance.pick(CODES) };
  return { itemId, kind: 'choice', codes: [chance.pick(item.options).code] };
}
