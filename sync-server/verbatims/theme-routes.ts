import type { FastifyInstance } from 'fastify';
import * as v from 'valibot';
import { phraseOf } from '../../domain/themes.ts';
import { organisationIdSchema } from '../../protocol/identities.ts';
import {
  type ThemeList,
  themeListChangeSchema,
  themeListSchema,
  themeListsSchema,
  themePreviewRequestSchema,
  themePreviewSchema,
  themeTrendSchema,
} from '../../protocol/themes.ts';
import type { AppDeps } from '../app-deps.ts';
import { changing } from '../audit/keep-trail.ts';
import { signedInOf } from '../people/guard.ts';
import { holdsOrganisation, holdsService, organisationsOf } from '../people/scope.ts';
import { decodeOrThrow, ProblemError } from '../problems.ts';
import { periodTextSchema } from '../scores/framing.ts';
import type { Scope } from '../store/store.ts';
import { applyThemes } from './apply-themes.ts';
import { changeThemeList } from './change-theme-list.ts';
import { previewThemes } from './preview-themes.ts';
import { readThemeLists } from './theme-lists.ts';
import { themeTrend } from './theme-trend.ts';
import '../operation.ts';

const keySchema = v.object({ organisationId: organisationIdSchema });
const trendQuerySchema = v.object({
  period: periodTextSchema,
  service: v.exactOptional(v.pipe(v.string(), v.maxLength(64))),
});
/** So many texts are held against a new list before it is answered; the rest follow by the minute. */
const TEXTS_BEFORE_REPLY = 2_000;

/** What texts are about: each organisation's list of words, what it would change, and how it went week by week. */
export function themeRoutes(app: FastifyInstance, deps: AppDeps): void {
  const { store } = deps;
  app.get(
    '/api/v1/themes',
    {
      config: {
        operation: {
          summary: 'The lists of words that tell what texts are about',
          caller: 'person',
          permission: 'read-verbatims',
          trail: null,
          replies: { 200: themeListsSchema },
          problems: ['not-signed-in'],
        },
      },
    },
    async (request) => {
      const { scope, scopeFor } = signedInOf(request);
      return { lists: await listsOf(deps, organisationsOf(scope), scopeFor('change-settings')) };
    },
  );
  app.put(
    '/api/v1/themes/:organisationId',
    {
      config: {
        operation: {
          summary:
            'Put another list of words in place; texts are held against it, what was decided by hand stays',
          caller: 'person',
          permission: 'change-settings',
          trail: 'settings-changed',
          params: keySchema,
          body: themeListChangeSchema,
          replies: { 200: themeListSchema },
          problems: [
            'not-signed-in',
            'origin-refused',
            'not-allowed',
            'not-found',
            'conflict',
            'unprocessable',
          ],
        },
      },
    },
    async (request) => {
      const { person, scope } = signedInOf(request);
      const { organisationId } = keyOf(request.params, scope);
      const { version, themes } = decodeOrThrow(themeListChangeSchema, request.body);
      refuseEmptyWords(themes);
      const told = async (within: Pick<AppDeps, 'store'>) =>
        (await listsOf(within, [organisationId], scope))[0];
      await changing(deps, request, async (within) => {
        const changed = await changeThemeList(within, organisationId, { version, themes, by: person.name });
        if (!changed.ok)
          throw new ProblemError('conflict', {
            detail: 'Somebody else has changed the list meanwhile.',
            current: await told(within),
          });
      });
      await applyThemes(store, { atMost: TEXTS_BEFORE_REPLY });
      return told(deps);
    },
  );
  app.post(
    '/api/v1/themes/:organisationId/preview',
    {
      config: {
        operation: {
          summary: 'How many texts each theme of a list would be given by its words; nothing is changed',
          caller: 'person',
          permission: 'change-settings',
          trail: null,
          params: keySchema,
          body: themePreviewRequestSchema,
          replies: { 200: themePreviewSchema },
          problems: ['not-signed-in', 'origin-refused', 'not-allowed', 'not-found', 'unprocessable'],
        },
      },
    },
    async (request) => {
      const { organisationId } = keyOf(request.params, signedInOf(request).scope);
      const { themes } = decodeOrThrow(themePreviewRequestSchema, request.body);
      return previewThemes(store, organisationId, themes);
    },
  );
  app.get(
    '/api/v1/themes/:organisationId/trend',
    {
      config: {
        operation: {
          summary: 'What texts were about, week by week, with the small-base rule',
          caller: 'person',
          permission: 'read-verbatims',
          trail: null,
          params: keySchema,
          query: trendQuerySchema,
          replies: { 200: themeTrendSchema },
          problems: ['not-signed-in', 'not-found', 'unprocessable'],
        },
      },
    },
    async (request) => {
      const { scope } = signedInOf(request);
      const key = v.safeParse(keySchema, request.params);
      if (!key.success || !organisationsOf(scope).includes(key.output.organisationId))
        throw new ProblemError('not-found');
      const { organisationId } = key.output;
      const query = decodeOrThrow(trendQuerySchema, request.query);
      if (query.service !== undefined && !holdsService(scope, { organisationId, serviceId: query.service }))
        throw new ProblemError('not-found');
      return themeTrend(deps, scope, { organisationId, ...query });
    },
  );
}

/** @throws ProblemError where the organisation is not one whose settings are the person's to change */
function keyOf(params: unknown, scope: Scope): v.InferOutput<typeof keySchema> {
  const key = v.safeParse(keySchema, params);
  if (!key.success || !holdsOrganisation(scope, key.output.organisationId))
    throw new ProblemError('not-found');
  return key.output;
}

function refuseEmptyWords(themes: v.InferOutput<typeof themeListChangeSchema>['themes']): void {
  const errors = themes.flatMap(({ words }, theme) =>
    words.flatMap((word, index) =>
      phraseOf(word).length > 0
        ? []
        : [{ field: `themes[${theme}].words[${index}]`, message: 'holds neither letter nor digit' }],
    ),
  );
  if (errors.length > 0) throw new ProblemError('unprocessable', { errors });
}

async function listsOf(
  { store }: Pick<AppDeps, 'store'>,
  organisationIds: readonly string[],
  changes: Scope,
): Promise<ThemeList[]> {
  const lists = await readThemeLists(store.db, organisationIds);
  const told: ThemeList[] = [];
  for (const organisationId of organisationIds) {
    const list = lists.get(organisationId);
    if (list === undefined) continue;
    const { name } = await store.db
      .selectFrom('organisations')
      .select('name')
      .where('organisation_id', '=', organisationId)
      .executeTakeFirstOrThrow();
    const { pending } = await store.db
      .selectFrom('verbatims')
      .select((is) => is.fn.countAll<number>().as('pending'))
      .where('organisation_id', '=', organisationId)
      .where('themes_version', '<', list.version)
      .executeTakeFirstOrThrow();
    told.push({
      organisationId: organisationId as ThemeList['organisationId'],
      organisationName: name,
      version: list.version,
      themes: list.themes.map((theme) => ({ ...theme, words: [...theme.words] })),
      changed: list.changed,
      pendingTexts: pending,
      mayChange: holdsOrganisation(changes, organisationId),
    });
  }
  return told;
}
