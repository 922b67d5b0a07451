import type { OrganisationId, PointId } from '../domain/ids.ts';
import type { PushReply, PushRequest } from '../protocol/push.ts';
import { createEnrolmentCode } from './enrolment/codes.ts';
import { aReport } from './ingest/a-push.ts';
import type { TestApp } from './test-app.ts';

/** A tablet enrolled through the real route, for tests. */
export interface TestTablet {
  readonly enrolmentId: string;
  readonly token: string;
  push(
    request: PushRequest | string,
  ): Promise<{ status: number; reply: PushReply; headers: Record<string, unknown> }>;
}

export async function enrolTablet(
  { app, deps }: TestApp,
  pointId = 'accueil-hotel-de-ville',
  organisationId = 'ville-de-libourne',
): Promise<TestTablet> {
  const code = await createEnrolmentCode(deps.store, deps.clock, {
    organisationId: organisationId as OrganisationId,
    pointId: pointId as PointId,
  });
  if (!code.ok) throw new Error(code.error.kind);
  const enrolled = await app.inject({
    method: 'POST',
    url: '/api/v1/enrolments',
    payload: { code: code.value.linkSecret, report: aReport() },
  });
  const { enrolmentId, token } = enrolled.json<{ enrolmentId: string; token: string }>();
  return {
    enrolmentId,
    token,
    push: async (request) => {
      const reply = await app.inject({
        method: 'POST',
        url: '/api/v1/push',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        payload: typeof request === 'string' ? request : JSON.stringify(request),
      });
      return { status: reply.statusCode, reply: reply.json<PushReply>(), headers: reply.headers };
    },
  };
}
