import { describe, expect, it } from 'vitest';
import { type Mask, maskedText, proposedMasks, tidyMasks, unmaskedWords } from './masking.ts';

const TEXT = 'Mme Dupont (06 12 34 56 78) a été très aimable 😀.';
const maskOf = (passage: string, kind: Mask['kind'] = 'other', text = TEXT): Mask => {
  const start = text.indexOf(passage);
  return { start, end: start + passage.length, kind };
};

describe('a masked text', () => {
  it('says in place of each passage what it was, and leaves the rest as it is', () => {
    const masks = tidyMasks(TEXT, [maskOf('06 12 34 56 78', 'telephone'), maskOf('Mme Dupont', 'name')]);
    expect(maskedText(TEXT, masks)).toBe('[nom masqué] ([téléphone masqué]) a été très aimable 😀.');
    expect(unmaskedWords(TEXT, masks)).not.toMatch(/masqué|Dupont|06/);
    expect(maskedText(TEXT, [])).toBe(TEXT);
  });

  it('keeps masks in order, apart, inside the text and around whole signs', () => {
    const smiley = TEXT.indexOf('😀');
    expect(
      tidyMasks(TEXT, [
        { start: smiley + 1, end: smiley + 2, kind: 'other' },
        maskOf('Dupont', 'name'),
        maskOf('Mme Dupont', 'other'),
        { start: 0, end: 0, kind: 'other' },
        { start: TEXT.length - 1, end: 9_999, kind: 'other' },
      ]),
    ).toEqual([
      maskOf('Mme Dupont', 'other'),
      maskOf('😀'),
      { start: TEXT.length - 1, end: TEXT.length, kind: 'other' },
    ]);
    const long = { start: 2, end: 20, kind: 'other' } as const;
    expect(tidyMasks(TEXT, [maskOf('Mme Dupont', 'name'), long])).toEqual([
      { start: 0, end: 20, kind: 'name' },
    ]);
  });
});

describe('a proposal', () => {
  it('names what looks like personal data and is not masked yet', () => {
    const proposals = proposedMasks(TEXT, []);
    expect(proposals.map(({ kind, start, end }) => [kind, TEXT.slice(start, end)])).toEqual([
      ['name', 'Mme Dupont'],
      ['telephone', '06 12 34 56 78'],
    ]);
    expect(proposedMasks(TEXT, [maskOf('Dupont')]).map(({ kind }) => kind)).toEqual(['telephone']);
    expect(proposedMasks('Très bien.', [])).toEqual([]);
  });
});
