/**
 * Answer scales. A point's `code` is its identity, on the wire and in SQL; its `score` is only ever used to compute a mean. Points are ordered
 * from best to worst, so that a scale reads as it is drawn.
 */
export interface ScalePoint {
  readonly code: string;
  /** Position on 0–100, equally spaced, 100 is best. */
  readonly score: number;
  /** Whether the point counts as satisfied in `shareSatisfied`. */
  readonly isSatisfied: boolean;
}

export type ScaleId = 'four-level' | 'four-level-agreement' | 'five-level' | 'yes-no' | 'zero-to-ten';

export interface Scale {
  readonly scaleId: ScaleId;
  readonly points: readonly ScalePoint[];
}

/** The answer beside every scale that leaves the respondent out of the base. */
export const NOT_APPLICABLE = 'not-applicable';

const FOUR_LEVEL: Scale = {
  scaleId: 'four-level',
  points: [
    { code: 'very-satisfied', score: 100, isSatisfied: true },
    { code: 'fairly-satisfied', score: 200 / 3, isSatisfied: true },
    { code: 'fairly-dissatisfied', score: 100 / 3, isSatisfied: false },
    { code: 'very-dissatisfied', score: 0, isSatisfied: false },
  ],
};

/** Answers « … vous a-t-il convenu ? » with yes or no instead of being satisfied: the same codes and scores, and a series of its own. */
const FOUR_LEVEL_AGREEMENT: Scale = { scaleId: 'four-level-agreement', points: FOUR_LEVEL.points };

const FIVE_LEVEL: Scale = {
  scaleId: 'five-level',
  points: [
    { code: 'very-satisfied', score: 100, isSatisfied: true },
    { code: 'fairly-satisfied', score: 75, isSatisfied: true },
    { code: 'neither', score: 50, isSatisfied: false },
    { code: 'fairly-dissatisfied', score: 25, isSatisfied: false },
    { code: 'very-dissatisfied', score: 0, isSatisfied: false },
  ],
};

const YES_NO: Scale = {
  scaleId: 'yes-no',
  points: [
    { code: 'yes', score: 100, isSatisfied: true },
    { code: 'no', score: 0, isSatisfied: false },
  ],
};

/** 0–10, as NPS asks it: 9 and 10 are promoters and the only points counted as satisfied. */
const ZERO_TO_TEN: Scale = {
  scaleId: 'zero-to-ten',
  points: Array.from({ length: 11 }, (_, index) => {
    const level = 10 - index;
    return { code: String(level), score: level * 10, isSatisfied: level >= 9 };
  }),
};

const SCALE_BY_ID: Readonly<Record<ScaleId, Scale>> = {
  'four-level': FOUR_LEVEL,
  'four-level-agreement': FOUR_LEVEL_AGREEMENT,
  'five-level': FIVE_LEVEL,
  'yes-no': YES_NO,
  'zero-to-ten': ZERO_TO_TEN,
};

export const SCALE_IDS = Object.keys(SCALE_BY_ID) as ScaleId[];

export function scaleOf(scaleId: ScaleId): Scale {
  return SCALE_BY_ID[scaleId];
}

/** Whether a code may be stored for an item on this scale: one of its points, or `not-applicable`. */
export function isScaleCode(scaleId: ScaleId, code: string): boolean {
  return code === NOT_APPLICABLE || scaleOf(scaleId).points.some((point) => point.code === code);
}
