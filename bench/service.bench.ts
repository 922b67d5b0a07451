import * as v from 'valibot';
import { serviceDetailSchema } from '../protocol/scores.ts';
import type { Measured } from './targets.ts';
import { type MeasuredPage, measurePage } from './weekly/measure-page.ts';
import type { BenchOptions } from './weekly/stored-week.ts';

/** The request behind a service's page, default period: every question, a year of weeks, and its control chart. */
export async function run(options: BenchOptions): Promise<Measured> {
  const page: MeasuredPage = {
    path: '/api/v1/scores/services/ville-de-libourne/accueil-general',
    answersOn: (reply) => {
      const { responses, chart } = v.parse(serviceDetailSchema, reply);
      if (responses === 0 || chart === null) throw new Error('The service page of the bench is empty.');
      return responses;
    },
  };
  return measurePage(page, options);
}
