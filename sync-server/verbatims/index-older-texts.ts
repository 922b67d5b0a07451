import { unmaskedWords } from '../../domain/masking.ts';
import { searchTextOf } from '../../domain/search-terms.ts';
import type { Store } from '../store/store.ts';
import { masksOf } from './masks.ts';
import { freePlaces, placeOfText } from './place.ts';

const TEXTS_AT_ONCE = 500;

/**
 * Gives texts that were stored by an older version their place and their words in the index; at once over where there are none. To be run
 * before anybody is served.
 */
export async function indexOlderTexts({ db }: Pick<Store, 'db'>): Promise<number> {
  let count = 0;
  for (;;) {
    const done = await db.transaction().execute(async (trx) => {
      const texts = await trx
        .selectFrom('verbatims')
        .select(['organisation_id', 'response_id', 'local_date', 'half_day', 'text', 'masks'])
        .where('place', '=', 0)
        .limit(TEXTS_AT_ONCE)
        .execute();
      const places = await freePlaces(trx, texts.map(placeOfText));
      for (const [index, { organisation_id, response_id, text, masks }] of texts.entries())
        await trx
          .updateTable('verbatims')
          .set({ place: places[index] ?? 0, search_terms: searchTextOf(unmaskedWords(text, masksOf(masks))) })
          .where('organisation_id', '=', organisation_id)
          .where('response_id', '=', response_id)
          .execute();
      return texts.length;
    });
    count += done;
    if (done < TEXTS_AT_ONCE) return count;
  }
}
