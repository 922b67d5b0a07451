import * as v from 'valibot';
import { overviewSchema } from '../protocol/scores.ts';
import type { Measured } from './targets.ts';
import { type MeasuredPage, measurePage } from './weekly/measure-page.ts';
import type { BenchOptions } from './weekly/stored-week.ts';

/** The request behind the page *Semaine*, default period. */
export async function run(options: BenchOptions): Promise<Measured> {
  const page: MeasuredPage = {
    path: '/api/v1/scores/overview',
    answersOn: (reply) => {
      const { total } = v.parse(overviewSchema, reply);
      if (total.responses === 0) throw new Error('The weekly page of the bench is empty.');
      return total.responses;
    },
  };
  return measurePage(page, options);
}
