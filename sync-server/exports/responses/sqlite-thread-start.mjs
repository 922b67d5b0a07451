// The thread that `sqlite-thread.ts` starts: it reads one file as of one moment, and answers one question after the other. Plain JavaScript: a
// thread that compiles TypeScript would hold half as much memory as the whole export.
import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';

const { file, separator } = workerData;
const database = new Database(file, { readonly: true, timeout: 5_000 });
// From the first read on, everything is seen as of that moment.
database.exec('begin');
const statements = new Map();

/** @param {string} text */
function prepared(text) {
  const known = statements.get(text) ?? database.prepare(text);
  statements.set(text, known);
  return known;
}

/** @param {string} response */
function identityOf(response) {
  return response.slice(0, response.indexOf(separator));
}

const ANSWERS = {
  /** @param {{ text: string, values: readonly string[] }} question */
  column: ({ text, values }) =>
    prepared(text)
      .pluck()
      .all(...values),
  /** @param {{ organisationId: string, page: string, values: readonly string[], after: string, texts: string, decisions: string }} question */
  batch: ({ organisationId, page, values, after, texts, decisions }) => {
    const responses = prepared(page)
      .pluck()
      .all(...values, after);
    if (responses.length === 0) return { last: null, responses, texts: [], decisions: [] };
    const last = identityOf(responses.at(-1));
    const between = [organisationId, identityOf(responses[0]), last];
    const belonging = (/** @type {string} */ text) =>
      prepared(text)
        .raw()
        .all(...between);
    return { last, responses, texts: belonging(texts), decisions: belonging(decisions) };
  },
};

/** An error of the database would lose its words on the way to another thread. */
function answerTo(question) {
  try {
    return { answer: ANSWERS[question.kind](question) };
  } catch (error) {
    return { failure: error.message };
  }
}

parentPort.on('message', (question) => {
  if (question.kind === 'close') {
    database.close();
    parentPort.close();
  } else {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    parentPort.postMessage(answerTo(question));
  }
});
