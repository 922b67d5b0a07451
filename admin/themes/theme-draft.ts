import type { ThemeList } from '../../protocol/themes.ts';

/** A theme as it is being typed. */
export interface ThemeDraft {
  readonly themeId: string;
  readonly name: string;
  /** As it stands in the field, commas and all. */
  readonly words: string;
}

type Themes = ThemeList['themes'];

export function draftOf(themes: Themes): readonly ThemeDraft[] {
  return themes.map(({ themeId, name, words }) => ({ themeId, name, words: words.join(', ') }));
}

/** What the server is sent: each word once, without the spaces around it. */
export function themesOf(drafts: readonly ThemeDraft[]): Themes {
  return drafts.map(({ themeId, name, words }) => ({
    themeId,
    name: name.trim(),
    words: [
      ...new Set(
        words
          .split(/[,;\n]/)
          .map((word) => word.trim())
          .filter((word) => /[\p{L}\p{N}]/u.test(word)),
      ),
    ],
  }));
}

/** A name of its own for a new theme, that stays when what it is called changes. */
export function newThemeId(drafts: readonly ThemeDraft[]): string {
  let number = drafts.length + 1;
  while (drafts.some(({ themeId }) => themeId === `theme-${number}`)) number += 1;
  return `theme-${number}`;
}
