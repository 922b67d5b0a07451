import * as v from 'valibot';
import { err, ok, type Result } from '../../domain/result.ts';
import { PROTOCOL_VERSION } from '../../protocol/protocol-version.ts';
import { MAX_ENTRIES_PER_PUSH, type PushRequest, pushRequestSchema } from '../../protocol/push.ts';
import type { Device } from '../fleet/device-token.ts';
import { fieldErrors, ProblemError } from '../problems.ts';
import type { PushWork } from './push-work.ts';
import { type Ports, understandAll } from './understand.ts';

/** A push as it was handed in, and not read yet: its bytes weigh a tenth of what is made of them. */
export interface HandedPush {
  readonly device: Device;
  readonly receivedAtMs: number;
  /** Parses the body; throws a ProblemError where it cannot. */
  readonly body: () => unknown;
}

const decodeRequest = v.safeParser(pushRequestSchema);

/** Reads a push whole, each entry by itself; or says why nothing of it can be stored. */
export async function readPush(
  { device, receivedAtMs, body }: HandedPush,
  ports: Ports,
): Promise<Result<PushWork, unknown>> {
  try {
    const request = decodePush(body());
    return ok({
      device,
      request,
      receivedAtMs,
      timeZone: await ports.publications.timeZone(device.organisationId),
      entries: await understandAll(request.entries, device.organisationId, ports),
    });
  } catch (error) {
    return err(error);
  }
}

/** @throws ProblemError that says which field, and how a tablet may go on */
function decodePush(body: unknown): PushRequest {
  const { protocol, entries } = (typeof body === 'object' && body !== null ? body : {}) as {
    protocol?: unknown;
    entries?: unknown;
  };
  if (typeof protocol === 'number' && protocol !== PROTOCOL_VERSION)
    throw new ProblemError('protocol-unsupported', {
      detail: `This server speaks version ${PROTOCOL_VERSION}.`,
    });
  if (Array.isArray(entries) && entries.length > MAX_ENTRIES_PER_PUSH)
    throw new ProblemError('too-large', {
      detail: `At most ${MAX_ENTRIES_PER_PUSH} entries; there are ${entries.length}.`,
    });
  const decoded = decodeRequest(body);
  if (decoded.success) return decoded.output;
  throw new ProblemError('unprocessable', { errors: fieldErrors(decoded.issues) });
}
