import * as v from 'valibot';
import { countSchema } from './identities.ts';

/** GET /api/v1/exports/progress/:exportId: rows written so far, and how many there will be. */
export const exportProgressSchema = v.object({ rows: countSchema, total: countSchema });
export type ExportProgress = v.InferOutput<typeof exportProgressSchema>;
