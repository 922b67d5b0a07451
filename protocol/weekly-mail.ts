import * as v from 'valibot';

/** GET /api/v1/weekly-letter: `canBeSent` is false where the server has no mail server to hand letters to. */
export const weeklyLetterSchema = v.object({ isWanted: v.boolean(), canBeSent: v.boolean() });

/** PUT /api/v1/weekly-letter → 204 */
export const weeklyLetterChangeSchema = v.object({ isWanted: v.boolean() });
