import { RECORD_KEY } from './witness-record.ts';

/** A place that keeps a short text. Where it refuses, it keeps nothing; it never rejects. */
export interface WitnessPlace {
  read(): Promise<string | null>;
  write(text: string): Promise<void>;
}

/** As long as browsers let a cookie live. */
const COOKIE_SECONDS = 34_560_000;

/** Read at once by whoever needs it at once. Chromium writes it to the disk seconds later: a killed browser has an older one. */
export function storagePlace(storage: Pick<Storage, 'getItem' | 'setItem'> | null): WitnessPlace {
  return quiet({
    read: async () => storage?.getItem(RECORD_KEY) ?? null,
    write: async (text) => storage?.setItem(RECORD_KEY, text),
  });
}

/** Files of their own, on the disk within milliseconds: what is killed right after a touch has them. */
export function cachePlace(caches: CacheStorage | undefined, name = RECORD_KEY): WitnessPlace {
  const address = `/kiosk/${name}`;
  const open = async () => caches?.open('parvis-witness');
  return quiet({
    read: async () => (await (await open())?.match(address))?.text() ?? null,
    write: async (text) => (await open())?.put(address, new Response(text)),
  });
}

/**
 * When a browser takes an origin's storage away, it takes all of it at once, but for its cookies. The server never reads this one; its path
 * keeps it from whatever the tablet sends to it.
 */
export function cookiePlace(page: Pick<Document, 'cookie'>, isSecure: boolean): WitnessPlace {
  return quiet({
    async read() {
      const found = page.cookie.split('; ').find((one) => one.startsWith(`${RECORD_KEY}=`));
      return found === undefined ? null : decodeURIComponent(found.slice(RECORD_KEY.length + 1));
    },
    async write(text) {
      page.cookie = `${RECORD_KEY}=${encodeURIComponent(text)}; max-age=${COOKIE_SECONDS}; path=/kiosk/; samesite=strict${isSecure ? '; secure' : ''}`;
    },
  });
}

function quiet({ read, write }: { read(): Promise<string | null>; write(text: string): Promise<unknown> }) {
  return {
    read: () => read().catch(() => null),
    write: (text: string) =>
      write(text).then(
        () => undefined,
        () => undefined,
      ),
  };
}
