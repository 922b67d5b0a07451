// A thread begins as plain JavaScript: it switches TypeScript on for itself.
import { register } from 'tsx/esm/api';

register();
await import(new URL('worker.ts', import.meta.url).href);
