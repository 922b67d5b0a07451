import type { PagesChannel } from '../kiosk/device/pages.ts';

/** The one broadcast channel of a browser's pages: what one says, each other page hears a moment later. */
export class Channel<Page> {
  readonly #members: { readonly page: () => Page; readonly end: PagesChannel }[] = [];

  open(page: () => Page): PagesChannel {
    const end: PagesChannel = {
      onmessage: null,
      postMessage: (data) => {
        // As in a browser, never before the call has returned.
        void Promise.resolve().then(() => {
          for (const { end: other } of this.#members.slice())
            if (other !== end) other.onmessage?.call(other as BroadcastChannel, { data } as MessageEvent);
        });
      },
    };
    this.#members.push({ page, end });
    return end;
  }

  leave(page: Page): void {
    const index = this.#members.findIndex((member) => member.page() === page);
    if (index !== -1) this.#members.splice(index, 1);
  }
}
