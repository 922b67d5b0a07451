import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { openingHoursFaults } from '../../domain/opening-hours.ts';
import { LANGUAGES, type Language, surveyFaults } from '../../domain/survey.ts';
import { openingHoursSchema, surveyVersionSchema } from '../../protocol/assignment.ts';
import {
  organisationIdSchema,
  pointIdSchema,
  serviceIdSchema,
  siteIdSchema,
  surveyIdSchema,
} from '../../protocol/identities.ts';
import { PlainFault } from '../plain-fault.ts';
import { fieldErrors } from '../problems.ts';

const nameSchema = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200));
const wordingSchema = v.strictObject({
  ...(Object.fromEntries(LANGUAGES.map((language) => [language, v.exactOptional(nameLike(2_000))])) as {
    readonly [language in Exclude<Language, 'fr'>]: v.ExactOptionalSchema<
      ReturnType<typeof nameLike>,
      undefined
    >;
  }),
  fr: nameLike(2_000),
});

/** A town's data: what the server publishes to tablets and counts by. Services and organisations show in the order written. */
export const townSchema = v.strictObject({
  organisations: v.array(
    v.strictObject({
      organisationId: organisationIdSchema,
      name: nameSchema,
      timeZone: v.pipe(v.string(), v.check(isTimeZone, 'must be an IANA time zone such as Europe/Paris')),
      /** Shown on the tablet's first screen: who receives the answers, for what, how long. */
      notice: wordingSchema,
      sites: v.array(v.strictObject({ siteId: siteIdSchema, name: nameSchema })),
      surveys: v.array(
        v.strictObject({
          surveyId: surveyIdSchema,
          name: nameSchema,
          /** Published versions, none of which ever changes. */
          versions: v.array(v.omit(surveyVersionSchema, ['surveyId'])),
        }),
      ),
      services: v.array(
        v.strictObject({
          serviceId: serviceIdSchema,
          siteId: siteIdSchema,
          name: nameSchema,
          status: v.picklist(['active', 'in-preparation']),
          targetPercent: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100)),
          points: v.array(
            v.strictObject({
              pointId: pointIdSchema,
              surveyId: surveyIdSchema,
              name: nameSchema,
              openingHours: openingHoursSchema,
            }),
          ),
        }),
      ),
    }),
  ),
});
export type Town = v.InferOutput<typeof townSchema>;

/** @throws PlainFault with every fault of the file, in words for whoever wrote it */
export function readTownFile(path: string): Town {
  const decoded = v.safeParse(townSchema, readJson(path));
  const faults = decoded.success
    ? townFaults(decoded.output)
    : fieldErrors(decoded.issues).map(({ field, message }) => `${field}: ${message}`);
  if (!decoded.success || faults.length > 0)
    throw new PlainFault(
      `The town file ${path} is not right:\n${faults.map((line) => `  ${line}`).join('\n')}`,
    );
  return decoded.output;
}

/** What a schema cannot see: names that lead nowhere, questionnaires that cannot be asked. */
export function townFaults(town: Town): readonly string[] {
  const faults: string[] = [];
  const once = (kind: string, ids: readonly string[]) => {
    for (const id of new Set(ids.filter((one, index) => ids.indexOf(one) !== index)))
      faults.push(`${kind} ${id} is there twice.`);
  };
  once(
    'Organisation',
    town.organisations.map((one) => one.organisationId),
  );
  for (const organisation of town.organisations) {
    const { sites, surveys, services } = organisation;
    once(
      'Site',
      sites.map((one) => one.siteId),
    );
    once(
      'Survey',
      surveys.map((one) => one.surveyId),
    );
    once(
      'Service',
      services.map((one) => one.serviceId),
    );
    once(
      'Survey version',
      surveys.flatMap((one) => one.versions.map((version) => version.surveyVersionId)),
    );
    once(
      'Point',
      services.flatMap((one) => one.points.map((point) => point.pointId)),
    );
    for (const { surveyId, versions } of surveys) {
      if (versions.length === 0) faults.push(`Survey ${surveyId} has no version.`);
      once(
        `Survey ${surveyId}: version number`,
        versions.map((version) => String(version.number)),
      );
      for (const version of versions)
        for (const fault of surveyFaults({ ...version, surveyId }))
          faults.push(`Survey version ${version.surveyVersionId}: ${fault}`);
    }
    for (const service of services) {
      if (!sites.some((site) => site.siteId === service.siteId))
        faults.push(`Service ${service.serviceId}: there is no site ${service.siteId}.`);
      for (const point of service.points) {
        if (!surveys.some((survey) => survey.surveyId === point.surveyId))
          faults.push(`Point ${point.pointId}: there is no survey ${point.surveyId}.`);
        for (const fault of openingHoursFaults(point.openingHours))
          faults.push(`Point ${point.pointId}: ${fault}`);
      }
    }
  }
  return faults;
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new PlainFault(
      `The town file ${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function nameLike(maxLength: number) {
  return v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(maxLength));
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
