import type { VerbatimChange, VerbatimPage } from '../../protocol/verbatims.ts';

/** The page as it is once the server has accepted a change to one of its texts. */
export function applyChange(
  page: VerbatimPage,
  responseId: string,
  wanted: VerbatimChange,
  by: string,
  at: string,
): VerbatimPage {
  const verbatims = page.verbatims.map((verbatim) => {
    if (verbatim.responseId !== responseId) return verbatim;
    switch (wanted.change) {
      case 'mark-read':
        return { ...verbatim, readAt: at, readBy: by };
      case 'mark-unread':
        return { ...verbatim, readAt: null, readBy: null };
      case 'hide':
        return { ...verbatim, hidden: { at, by, reason: wanted.reason.trim() } };
      case 'show':
        return { ...verbatim, hidden: null };
    }
  });
  const change = unreadIn(verbatims) - unreadIn(page.verbatims);
  return { ...page, verbatims, unreadCount: Math.max(0, page.unreadCount + change) };
}

function unreadIn(verbatims: VerbatimPage['verbatims']): number {
  return verbatims.filter((verbatim) => verbatim.readAt === null && verbatim.hidden === null).length;
}
