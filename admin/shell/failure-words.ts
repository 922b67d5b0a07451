import { words } from '../words/words.ts';
import type { ApiFailure } from './api.ts';

/** What went wrong, in the words of the person at the desk. */
export function failureText(failure: ApiFailure): string {
  switch (failure.kind) {
    case 'unreachable':
      return words.problems.unreachable;
    case 'unreadable':
      return words.problems.unreadable(failure.status);
    case 'problem':
      return words.problems.byCode(failure.problem.code);
  }
}
