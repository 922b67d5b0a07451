import * as v from 'valibot';
import { countSchema, instantSchema, organisationIdSchema } from './identities.ts';

const MAX_THEMES = 40;
const MAX_WORDS = 200;

/** What texts may be about, and the words that tell it. `themeId` is kept when the name changes. */
const themeSchema = v.object({
  themeId: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'is not the name of a theme')),
  name: v.pipe(v.string(), v.trim(), v.minLength(1, 'Give the theme a name.'), v.maxLength(60)),
  words: v.pipe(
    v.array(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(60))),
    v.maxLength(MAX_WORDS, `At most ${MAX_WORDS} words.`),
  ),
});

const themesSchema = v.pipe(
  v.array(themeSchema),
  v.maxLength(MAX_THEMES, `At most ${MAX_THEMES} themes.`),
  v.check(
    (themes) => new Set(themes.map(({ themeId }) => themeId)).size === themes.length,
    'A theme is there twice.',
  ),
);

/** One organisation's list; `version` rises with each change. */
export const themeListSchema = v.object({
  organisationId: organisationIdSchema,
  organisationName: v.string(),
  version: countSchema,
  themes: v.array(themeSchema),
  changed: v.nullable(v.object({ at: instantSchema, by: v.string() })),
  /** How many texts the list has yet to be held against. */
  pendingTexts: countSchema,
  mayChange: v.boolean(),
});
export type ThemeList = v.InferOutput<typeof themeListSchema>;

/** GET /api/v1/themes */
export const themeListsSchema = v.object({ lists: v.array(themeListSchema) });

/** PUT /api/v1/themes/:organisationId → 200 list; 409 `conflict` with the list as it is now where somebody has changed it meanwhile. */
export const themeListChangeSchema = v.object({ version: countSchema, themes: themesSchema });

/** POST /api/v1/themes/:organisationId/preview → how many texts each theme would be given by its words; nothing is changed. */
export const themePreviewRequestSchema = v.object({ themes: themesSchema });
export const themePreviewSchema = v.object({
  themes: v.array(v.object({ themeId: v.string(), texts: countSchema, textsNow: countSchema })),
});
export type ThemePreview = v.InferOutput<typeof themePreviewSchema>;

/** What a base lets be told of a week, as of every figure. */
const disclosureSchema = v.picklist(['none', 'hidden', 'counts-only', 'small-base', 'comparable']);

/** GET /api/v1/themes/:organisationId/trend?period&service : the 13 weeks that end with the period, hidden texts left out. */
export const themeTrendSchema = v.object({
  themes: v.array(v.object({ themeId: v.string(), name: v.string() })),
  weeks: v.array(
    v.object({
      week: v.string(),
      /** Texts written in it. */
      base: countSchema,
      disclosure: disclosureSchema,
      /** Texts by theme; null where the base is too small to tell. */
      counts: v.nullable(v.record(v.string(), countSchema)),
    }),
  ),
  /** All the weeks together; null where it would give a hidden week away. */
  total: v.nullable(v.object({ base: countSchema, counts: v.record(v.string(), countSchema) })),
});
export type ThemeTrend = v.InferOutput<typeof themeTrendSchema>;
