import { once } from 'node:events';
import { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { openExport } from './open-export.ts';
import type { ResponsesNews, ResponsesRequest } from './request.ts';

/*
 * The export that `run-export.ts` runs in a process of its own, so that no push waits for a million rows. It is told what to write by its
 * parent, and writes the file to standard output, whose reader sets the pace. Whoever asked and went away takes it along.
 */
process.on('disconnect', () => process.exit(1));
const tell = (news: ResponsesNews): void => void process.send?.(news);
const [request] = (await once(process, 'message')) as [ResponsesRequest];
// Not by `process.stdout`, which on a pipe stands still until all of a piece is taken: meanwhile the next is made.
const out = new Socket({ fd: 1, readable: false });
await pipeline(Readable.from(openExport(request, tell), { objectMode: false }), out);
process.removeAllListeners('disconnect');
process.disconnect();
