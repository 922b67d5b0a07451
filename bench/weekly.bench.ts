import * as v from 'valibot';
import { overviewSchema } from '../protocol/scores.ts';
import type { Measured } from './targets.ts';
import { measurePage } from './weekly/measure-page.ts';

/** The request behind the page *Semaine*, default period. */
export async function run(): Promise<Measured> {
  return measurePage({
    path: '/api/v1/scores/overview',
    answersOn: (reply) => {
      const { total } = v.parse(overviewSchema, reply);
      if (total.responses === 0) throw new Error('The weekly page of the bench is empty.');
      return total.responses;
    },
  });
}
