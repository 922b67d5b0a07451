// A thread begins as plain JavaScript: it switches TypeScript on for itself.
import { register } from 'node:module';

register('./plain-typescript.mjs', import.meta.url);
process.setSourceMapsEnabled(true);
await import(new URL('worker.ts', import.meta.url).href);
