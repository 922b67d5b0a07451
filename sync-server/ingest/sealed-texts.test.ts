import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { SealedText } from '../../domain/answers.ts';
import { createSealingKey, type SealingKey, sealingKeysOf } from '../assignment/sealing-keys.ts';
import { SealedTexts } from './sealed-texts.ts';

interface Vector {
  readonly by: string;
  readonly responseId: string;
  readonly words: string;
  readonly sealedText: SealedText;
}

/** Sealed once by the tablet's code of that day; to be opened for ever, since a tablet may come back after years. */
const golden = JSON.parse(
  readFileSync(new URL('../../protocol/recorded/sealed-texts.json', import.meta.url), 'utf8'),
) as { readonly keys: readonly SealingKey[]; readonly sealed: readonly Vector[] };

describe('the golden vectors', () => {
  it.each(golden.sealed)(
    'are opened beside later keys: $words ($by)',
    async ({ responseId, words, sealedText }) => {
      const later = createSealingKey(Date.parse('2031-01-01T00:00:00.000Z'));
      for (const keys of [
        [...golden.keys, later],
        [later, ...golden.keys.toReversed()],
      ])
        expect(await new SealedTexts(sealingKeysOf(keys)).open(sealedText, responseId)).toEqual({
          ok: true,
          value: words,
        });
    },
  );

  it.each(golden.sealed)(
    'are bound to their response and to their key: $words',
    async ({ responseId, sealedText }) => {
      const moved = await new SealedTexts(sealingKeysOf(golden.keys)).open(sealedText, `${responseId}0`);
      expect(moved).toEqual({ ok: false, error: 'sealedText: no key of this server opens it' });
      const others = golden.keys.filter(({ keyId }) => keyId !== (sealedText.keyId ?? golden.keys[0]?.keyId));
      expect((await new SealedTexts(sealingKeysOf(others)).open(sealedText, responseId)).ok).toBe(false);
    },
  );
});
