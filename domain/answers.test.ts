import { describe, expect, test } from 'vitest';
import { type Answer, answerFaults } from './answers.ts';
import type { ItemId, SurveyId, SurveyVersionId } from './ids.ts';
import type { SurveyVersion } from './survey.ts';

const OVERALL = 'overall' as ItemId;
const REASON = 'reason' as ItemId;
const HELPED_BY = 'helped-by' as ItemId;
const SUGGESTION = 'suggestion' as ItemId;
const OPTIONS = [
  { code: 'desk', label: { fr: 'Le guichet' } },
  { code: 'phone', label: { fr: 'Le téléphone' } },
];
const VERSION: SurveyVersion = {
  surveyId: 'reception' as SurveyId,
  surveyVersionId: 'reception-1' as SurveyVersionId,
  number: 1,
  maxDrawnItems: 3,
  items: [
    { kind: 'rating', itemId: OVERALL, stem: { fr: 'Satisfait ?' }, scaleId: 'four-level', isGlobal: true },
    { kind: 'choice', itemId: REASON, stem: { fr: 'Par où ?' }, options: OPTIONS, isMultiple: false },
    { kind: 'choice', itemId: HELPED_BY, stem: { fr: 'Aidé par ?' }, options: OPTIONS, isMultiple: true },
    { kind: 'verbatim', itemId: SUGGESTION, stem: { fr: 'Une suggestion ?' }, maxLength: 500 },
  ],
};

function rating(code: string, itemId = OVERALL): Answer {
  return { kind: 'rating', itemId, code };
}

function choice(itemId: ItemId, ...codes: readonly string[]): Answer {
  return { kind: 'choice', itemId, codes };
}

describe('answerFaults', () => {
  test('finds none in answers the survey asks for, in any order, with items left out', () => {
    expect(
      answerFaults(VERSION, [
        choice(HELPED_BY, 'desk', 'phone'),
        rating('fairly-satisfied'),
        choice(REASON, 'desk'),
      ]),
    ).toEqual([]);
    expect(answerFaults(VERSION, [rating('not-applicable')])).toEqual([]);
    expect(answerFaults(VERSION, [])).toEqual([]);
    expect(answerFaults(VERSION, [choice(REASON)])).toEqual([]);
  });

  test('names an item the survey does not have', () => {
    expect(answerFaults(VERSION, [rating('very-satisfied', 'parking' as ItemId)])).toEqual([
      'answers[0].itemId: survey version reception-1 has no item parking',
    ]);
  });

  test('names an item answered twice', () => {
    expect(answerFaults(VERSION, [rating('very-satisfied'), rating('very-satisfied')])).toEqual([
      'answers[1].itemId: item overall is answered twice',
    ]);
  });

  test('names an answer of the wrong kind, and takes no text in the clear', () => {
    expect(answerFaults(VERSION, [choice(OVERALL, 'desk')])).toEqual([
      'answers[0].kind: item overall is a rating, not a choice',
    ]);
    expect(answerFaults(VERSION, [rating('very-satisfied', SUGGESTION)])).toEqual([
      'answers[0].kind: item suggestion is a verbatim, not a rating',
    ]);
  });

  test('takes the themes of a verbatim as a choice of it, several allowed, and names those it does not have', () => {
    const themed: SurveyVersion = {
      ...VERSION,
      items: VERSION.items.map((item) => (item.kind === 'verbatim' ? { ...item, themes: OPTIONS } : item)),
    };
    expect(answerFaults(themed, [choice(SUGGESTION, 'phone', 'desk')])).toEqual([]);
    expect(answerFaults(themed, [choice(SUGGESTION, 'mayor', 'mayor')])).toEqual([
      'answers[0].codes: an option is there twice',
      'answers[0].codes: mayor is not a theme of item suggestion',
      'answers[0].codes: mayor is not a theme of item suggestion',
    ]);
    expect(answerFaults(VERSION, [choice(SUGGESTION, 'desk')])).toEqual([
      'answers[0].kind: item suggestion is a verbatim, not a choice',
    ]);
  });

  test('names a level of another scale', () => {
    expect(answerFaults(VERSION, [rating('neither')])).toEqual([
      'answers[0].code: neither is not a level of the four-level scale',
    ]);
  });

  test('names options that are too many, twice there or unknown', () => {
    expect(answerFaults(VERSION, [choice(REASON, 'desk', 'phone')])).toEqual([
      'answers[0].codes: only one option may be chosen',
    ]);
    expect(answerFaults(VERSION, [choice(HELPED_BY, 'desk', 'desk')])).toEqual([
      'answers[0].codes: an option is there twice',
    ]);
    expect(answerFaults(VERSION, [choice(HELPED_BY, 'desk', 'mayor')])).toEqual([
      'answers[0].codes: mayor is not an option of item helped-by',
    ]);
  });

  test('says everything that is wrong at once, each by its place', () => {
    const faults = answerFaults(VERSION, [
      rating('neither'),
      choice(REASON, 'x', 'x'),
      choice('y' as ItemId),
    ]);
    expect(faults.map((fault) => fault.slice(0, 10))).toEqual([
      'answers[0]',
      'answers[1]',
      'answers[1]',
      'answers[1]',
      'answers[1]',
      'answers[2]',
    ]);
  });
});
