import * as v from 'valibot';
import { SCALE_IDS } from '../domain/scales.ts';
import { LANGUAGES, type Language } from '../domain/survey.ts';
import {
  countSchema,
  itemIdSchema,
  localDateSchema,
  organisationIdSchema,
  pointIdSchema,
  serviceIdSchema,
  storeIdSchema,
  surveyIdSchema,
  surveyVersionIdSchema,
} from './identities.ts';
import { PROTOCOL_VERSION } from './protocol-version.ts';
import { staffCodeProofSchema } from './staff-code.ts';

/** Wording in every language the kiosk speaks; French is always there. */
const wordingSchema = v.object({
  ...(Object.fromEntries(LANGUAGES.map((language) => [language, v.exactOptional(v.string())])) as {
    readonly [language in Exclude<Language, 'fr'>]: v.ExactOptionalSchema<
      v.StringSchema<undefined>,
      undefined
    >;
  }),
  fr: v.string(),
});
const optionsSchema = v.array(v.object({ code: v.string(), label: wordingSchema }));

const ratingItemSchema = v.object({
  kind: v.literal('rating'),
  itemId: itemIdSchema,
  stem: wordingSchema,
  scaleId: v.picklist(SCALE_IDS),
  isGlobal: v.boolean(),
  reference: v.exactOptional(v.string()),
});

const choiceItemSchema = v.object({
  kind: v.literal('choice'),
  itemId: itemIdSchema,
  stem: wordingSchema,
  options: optionsSchema,
  isMultiple: v.boolean(),
  reference: v.exactOptional(v.string()),
});

const verbatimItemSchema = v.object({
  kind: v.literal('verbatim'),
  itemId: itemIdSchema,
  stem: wordingSchema,
  maxLength: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(2_000)),
  themes: v.exactOptional(optionsSchema),
});

export const surveyVersionSchema = v.object({
  surveyId: surveyIdSchema,
  surveyVersionId: surveyVersionIdSchema,
  number: countSchema,
  items: v.array(v.variant('kind', [ratingItemSchema, choiceItemSchema, verbatimItemSchema])),
  maxDrawnItems: countSchema,
});

const timeOfDaySchema = v.pipe(v.string(), v.regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'must be HH:MM'));
const spansSchema = v.array(v.object({ from: timeOfDaySchema, to: timeOfDaySchema }));

/** Opening hours in the site's own time; weekdays are ISO, 1 is Monday. A day that is missing is closed. */
export const openingHoursSchema = v.object({
  weekly: v.object({
    1: v.exactOptional(spansSchema),
    2: v.exactOptional(spansSchema),
    3: v.exactOptional(spansSchema),
    4: v.exactOptional(spansSchema),
    5: v.exactOptional(spansSchema),
    6: v.exactOptional(spansSchema),
    7: v.exactOptional(spansSchema),
  }),
  closedOn: v.exactOptional(v.array(localDateSchema)),
});

/** Everything a tablet needs to stand at its point, cached for months without network. */
export const assignmentSchema = v.object({
  protocol: v.literal(PROTOCOL_VERSION),
  storeId: storeIdSchema,
  organisation: v.object({ organisationId: organisationIdSchema, name: v.string() }),
  site: v.object({ name: v.string() }),
  service: v.object({ serviceId: serviceIdSchema, name: v.string() }),
  point: v.object({ pointId: pointIdSchema, name: v.string(), openingHours: openingHoursSchema }),
  timeZone: v.string(),
  surveyVersion: surveyVersionSchema,
  /** Whom the answers go to and how long they are kept, shown on the first screen. */
  texts: v.object({ notice: wordingSchema }),
  /** Raw public key (uncompressed P-256 point) in base64, and its name. */
  sealingKey: v.object({ keyId: v.string(), publicKey: v.string() }),
  /** The place's own published figure, for the attract screen; null until something is published. */
  publishedResults: v.nullable(
    v.object({ shareSatisfied: v.number(), base: countSchema, periodLabel: wordingSchema }),
  ),
  /** What became of what visitors said, newest first: the attract screen shows them one after the other. */
  improvements: v.exactOptional(v.array(v.object({ said: wordingSchema, done: wordingSchema }))),
  /** Made-up answers live in this store: the tablet says so. */
  isDemonstration: v.boolean(),
  /** What the first screen's code for telephones is made of (`presence-code.ts`); this tablet's own, told to nobody else. */
  presence: v.exactOptional(
    v.object({
      /** Both in base64url. */
      reference: v.string(),
      key: v.string(),
      /** Where a telephone opens it; the tablet's own origin where the server was not told another. */
      origin: v.nullable(v.string()),
    }),
  ),
  /** What opens the staff's menu of the organisation's tablets. */
  staffCode: v.exactOptional(staffCodeProofSchema),
});
export type Assignment = v.InferOutput<typeof assignmentSchema>;
