import type { Verbatim, VerbatimPage } from '../../protocol/verbatims.ts';

/** The page as it is once the server has told how one of its texts is now. */
export function withVerbatim(page: VerbatimPage, changed: Verbatim): VerbatimPage {
  const verbatims = page.verbatims.map((verbatim) =>
    verbatim.responseId === changed.responseId && verbatim.organisationId === changed.organisationId
      ? changed
      : verbatim,
  );
  const moved = (isWaiting: (verbatim: Verbatim) => boolean) =>
    verbatims.filter(isWaiting).length - page.verbatims.filter(isWaiting).length;
  return {
    ...page,
    verbatims,
    unreadCount: Math.max(0, page.unreadCount + moved(isUnread)),
    toModerateCount: Math.max(0, page.toModerateCount + moved(isToModerate)),
  };
}

export function isUnread({ readAt, hidden }: Verbatim): boolean {
  return readAt === null && hidden === null;
}

export function isToModerate({ released, hidden }: Pick<Verbatim, 'released' | 'hidden'>): boolean {
  return released === null && hidden === null;
}
