import * as v from 'valibot';
import type {
  BatchId,
  BootId,
  DecisionId,
  EnrolmentId,
  ImprovementId,
  ItemId,
  OrganisationId,
  PersonId,
  PointId,
  ResponseId,
  ServiceId,
  SiteId,
  StoreId,
  SurveyId,
  SurveyVersionId,
} from '../domain/ids.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const TOWN_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** A machine-made identity: a UUID in lower case. */
const uuid = v.pipe(v.string(), v.regex(UUID, 'must be a UUID in lower case'));
/** A town-made identity: letters, digits, dot, dash, underscore, at most 64. */
const townId = v.pipe(
  v.string(),
  v.regex(TOWN_ID, 'must be 1 to 64 letters, digits, dots, dashes or underscores'),
);

/** Gives a string schema the brand of the identity it checks; the brand exists for the compiler only. */
function branded<Id extends string>(schema: v.GenericSchema<string>): v.GenericSchema<Id> {
  return schema as unknown as v.GenericSchema<Id>;
}

export const responseIdSchema = branded<ResponseId>(uuid);
export const enrolmentIdSchema = branded<EnrolmentId>(uuid);
export const batchIdSchema = branded<BatchId>(uuid);
export const bootIdSchema = branded<BootId>(uuid);
export const storeIdSchema = branded<StoreId>(uuid);
export const personIdSchema = branded<PersonId>(uuid);
export const improvementIdSchema = branded<ImprovementId>(uuid);
export const decisionIdSchema = branded<DecisionId>(uuid);
export const organisationIdSchema = branded<OrganisationId>(townId);
export const siteIdSchema = branded<SiteId>(townId);
export const serviceIdSchema = branded<ServiceId>(townId);
export const pointIdSchema = branded<PointId>(townId);
export const surveyIdSchema = branded<SurveyId>(townId);
export const surveyVersionIdSchema = branded<SurveyVersionId>(townId);
export const itemIdSchema = branded<ItemId>(townId);

/** A UTC instant with milliseconds at most, ending in Z, that exists in the calendar. */
export const instantSchema = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z$/, 'must be a UTC instant ending in Z'),
  v.check((text) => !Number.isNaN(Date.parse(text)), 'must be an instant that exists'),
);

/** A day of the site's calendar, YYYY-MM-DD. */
export const localDateSchema = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a date YYYY-MM-DD'),
);

/** A count: a whole number from 0 up. */
export const countSchema = v.pipe(
  v.number(),
  v.integer(),
  v.minValue(0),
  v.maxValue(Number.MAX_SAFE_INTEGER),
);
