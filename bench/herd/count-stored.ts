import { join } from 'node:path';
import Database from 'better-sqlite3';

/** What a stopped server's database holds of the answers it was sent. */
export interface StoredAnswers {
  readonly answers: number;
  /** Answers of one tablet that share a number: each was given one of its own. */
  readonly twice: number;
  readonly quarantined: number;
  readonly texts: number;
}

export function countStored(dataDir: string): StoredAnswers {
  const database = new Database(join(dataDir, 'parvis.sqlite'), { readonly: true });
  const count = (sql: string) => Number(database.prepare(sql).pluck().get());
  try {
    const answers = count('select count(*) from responses');
    return {
      answers,
      twice: answers - count('select count(*) from (select distinct enrolment_id, sequence from responses)'),
      quarantined: count('select count(*) from quarantine'),
      texts: count('select count(*) from verbatims'),
    };
  } finally {
    database.close();
  }
}
