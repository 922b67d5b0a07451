import { describe, expect, test } from 'vitest';
import type { ItemId, SurveyId, SurveyVersionId } from './ids.ts';
import {
  type ChoiceItem,
  drawableItemsOf,
  globalItemOf,
  type Item,
  type Option,
  type RatingItem,
  type SurveyVersion,
  surveyFaults,
  type VerbatimItem,
  verbatimItemOf,
} from './survey.ts';

const GLOBAL: RatingItem = {
  kind: 'rating',
  itemId: 'overall' as ItemId,
  stem: { fr: 'Êtes-vous satisfait de votre visite ?' },
  scaleId: 'four-level',
  isGlobal: true,
};
const WAITING: RatingItem = {
  ...GLOBAL,
  itemId: 'waiting' as ItemId,
  stem: { fr: 'L’attente vous a-t-elle convenu ?' },
  isGlobal: false,
};
const REASON: ChoiceItem = {
  kind: 'choice',
  itemId: 'reason' as ItemId,
  stem: { fr: 'Pourquoi êtes-vous venu ?' },
  options: [
    { code: 'papers', label: { fr: 'Un papier d’identité' } },
    { code: 'other', label: { fr: 'Autre chose' } },
  ],
  isMultiple: false,
};
const SUGGESTION: VerbatimItem = {
  kind: 'verbatim',
  itemId: 'suggestion' as ItemId,
  stem: { fr: 'Une suggestion ?' },
  maxLength: 500,
};

function versionOf(items: readonly Item[], maxDrawnItems = 3): SurveyVersion {
  return {
    surveyId: 'reception' as SurveyId,
    surveyVersionId: 'reception-1' as SurveyVersionId,
    number: 1,
    items,
    maxDrawnItems,
  };
}

const WHOLE = versionOf([GLOBAL, WAITING, REASON, SUGGESTION]);

test('finds the global item, the verbatim and what may be drawn', () => {
  expect(globalItemOf(WHOLE)).toBe(GLOBAL);
  expect(verbatimItemOf(WHOLE)).toBe(SUGGESTION);
  expect(drawableItemsOf(WHOLE)).toEqual([WAITING, REASON]);
});

test('finds nothing where there is nothing', () => {
  expect(globalItemOf(versionOf([WAITING]))).toBeUndefined();
  expect(verbatimItemOf(versionOf([GLOBAL]))).toBeUndefined();
  expect(drawableItemsOf(versionOf([GLOBAL]))).toEqual([]);
});

describe('surveyFaults', () => {
  test('finds none in a good survey, with or without a verbatim', () => {
    expect(surveyFaults(WHOLE)).toEqual([]);
    expect(surveyFaults(versionOf([GLOBAL]))).toEqual([]);
  });

  test('wants exactly one global item', () => {
    expect(surveyFaults(versionOf([WAITING]))).toEqual(['Exactly one item must be global; 0 are.']);
    expect(surveyFaults(versionOf([GLOBAL, { ...WAITING, isGlobal: true }]))).toEqual([
      'Exactly one item must be global; 2 are.',
    ]);
  });

  test('wants each item once, and worded in French', () => {
    expect(surveyFaults(versionOf([GLOBAL, WAITING, WAITING]))).toEqual(['Item waiting is there twice.']);
    expect(surveyFaults(versionOf([GLOBAL, { ...WAITING, stem: { fr: ' ', en: 'Waiting?' } }]))).toEqual([
      'Item waiting has no French wording.',
    ]);
  });

  test('wants something to choose from', () => {
    const [only] = REASON.options;
    const options = only === undefined ? [] : [only, only];
    expect(surveyFaults(versionOf([GLOBAL, { ...REASON, options }]))).toEqual([
      'Item reason needs at least two different options.',
    ]);
  });

  test('wants two themes or none, each once and worded in French', () => {
    const [papers, other] = REASON.options;
    if (papers === undefined || other === undefined) throw new Error('Two options were expected.');
    const themed = (...themes: readonly Option[]) =>
      surveyFaults(versionOf([GLOBAL, { ...SUGGESTION, themes }]));
    expect(themed(papers, other)).toEqual([]);
    expect(themed(papers)).toEqual(['Item suggestion needs at least two different themes, or none.']);
    expect(themed(papers, other, papers)).toEqual(['Item suggestion has a theme twice.']);
    expect(themed(papers, { ...other, label: { fr: ' ', en: 'Other' } })).toEqual([
      'Theme other of item suggestion has no French wording.',
    ]);
  });

  test('wants at most one verbatim and a whole number of drawn items', () => {
    const second = { ...SUGGESTION, itemId: 'other' as ItemId };
    expect(surveyFaults(versionOf([GLOBAL, SUGGESTION, second]))).toEqual([
      'At most one item may be a verbatim.',
    ]);
    for (const limit of [-1, 1.5, Number.NaN])
      expect(surveyFaults(versionOf([GLOBAL], limit))).toEqual([
        'maxDrawnItems must be a whole number from 0 up.',
      ]);
  });

  test('says everything that is wrong at once', () => {
    expect(surveyFaults(versionOf([WAITING, WAITING, SUGGESTION, SUGGESTION], -1))).toHaveLength(5);
  });
});
