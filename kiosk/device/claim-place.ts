import * as v from 'valibot';
import { type Result, err, ok } from '../../domain/result.ts';
import type { DeviceReport } from '../../protocol/device-report.ts';
import {
  type EnrolmentReply,
  type EnrolmentRequest,
  enrolmentReplySchema,
} from '../../protocol/enrolment.ts';
import type { EnrolmentFailure } from '../kiosk.ts';
import { retryAfterMs } from '../sync/backoff.ts';
import type { AskServer } from '../sync/server-port.ts';

/** Claims a place with a typed code or a link's secret. The server takes each only once. */
export async function claimPlace(
  ask: AskServer,
  code: string,
  report: DeviceReport,
  nowMs: number,
): Promise<Result<EnrolmentReply, EnrolmentFailure>> {
  const request: EnrolmentRequest = { code, report };
  const reply = await ask({
    method: 'POST',
    path: '/api/v1/enrolments',
    token: null,
    body: JSON.stringify(request),
  });
  if (reply === null || reply.json === undefined) return err({ kind: 'unreachable' });
  switch (reply.status) {
    case 201: {
      const decoded = v.safeParse(enrolmentReplySchema, reply.json);
      return decoded.success ? ok(decoded.output) : err({ kind: 'unreachable' });
    }
    case 400:
    case 404:
    case 422:
      return err({ kind: 'codeUnknown' });
    case 429: {
      const waitMs = retryAfterMs(reply.header('retry-after'), nowMs) ?? 60_000;
      return err({ kind: 'tooManyTries', retryAfterSeconds: Math.ceil(waitMs / 1_000) });
    }
    default:
      return err({ kind: 'unreachable' });
  }
}
