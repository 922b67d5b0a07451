import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { toJsonSchema } from '@valibot/to-json-schema';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { assignmentSchema } from '../assignment.ts';
import { enrolmentReplySchema, enrolmentRequestSchema } from '../enrolment.ts';
import { PROTOCOL_VERSION } from '../protocol-version.ts';
import { entrySchema, pushReplySchema, pushRequestSchema } from '../push.ts';

/** What tablets and servers in the field say to each other. The web view is served by the server it speaks to, and needs no version. */
const WIRE = {
  enrolmentRequest: enrolmentRequestSchema,
  enrolmentReply: enrolmentReplySchema,
  assignment: assignmentSchema,
  pushRequest: pushRequestSchema,
  entry: entrySchema,
  pushReply: pushReplySchema,
};

const HERE = new URL('./', import.meta.url);
const versions = readdirSync(HERE)
  .map((file) => /^version-(\d+)\.messages\.json$/.exec(file)?.[1])
  .filter((version) => version !== undefined);

function read(file: string): Record<string, unknown> {
  return JSON.parse(readFileSync(new URL(file, HERE), 'utf8')) as Record<string, unknown>;
}

describe('the wire', () => {
  it(`is that of version ${PROTOCOL_VERSION} as it was shipped`, () => {
    const schemas = Object.fromEntries(
      Object.entries(WIRE).map(([name, schema]) => [name, toJsonSchema(schema, { errorMode: 'ignore' })]),
    );
    const file = new URL(`version-${PROTOCOL_VERSION}.schema.json`, HERE);
    // Something new that both sides may leave out is recorded anew; anything else is a version of its own.
    if (process.env['RECORD_WIRE'] === '1') writeFileSync(file, `${JSON.stringify(schemas, null, 2)}\n`);
    expect(
      schemas,
      'The wire has changed. Where a tablet or a server in the field would not understand it, raise PROTOCOL_VERSION and record a message; where it would, record the schema anew with RECORD_WIRE=1.',
    ).toEqual(JSON.parse(readFileSync(file, 'utf8')));
  });

  it('has a recorded message of every version', () => {
    expect(versions.map(Number).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: PROTOCOL_VERSION }, (_, index) => index + 1),
    );
  });

  it.each(versions)('understands what was recorded of version %s', (version) => {
    const messages = read(`version-${version}.messages.json`);
    const { entries } = v.parse(WIRE.pushRequest, messages['pushRequest']);
    for (const entry of entries) expect(v.parse(WIRE.entry, entry)).toEqual(entry);
    for (const name of ['enrolmentRequest', 'enrolmentReply', 'assignment', 'pushReply'] as const)
      expect(v.parse(WIRE[name], messages[name])).toEqual(messages[name]);
  });
});
