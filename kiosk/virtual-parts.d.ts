/** Made by the build: where each part lies (`vite.config.ts`). */
declare module 'virtual:kiosk-parts' {
  import type { PartDigests } from './parts.ts';

  export const PARTS: Readonly<Record<string, PartDigests>>;
}
