// `npm run bench -- NAME [--engine postgres] [--size 5000000] [--json]`: one measurement of bench/, with its targets. The last line is one
// JSON object with --json.
import { readdirSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findChromium } from './chromium.mjs';
import { ensurePackages } from './packages.mjs';
import { ensurePages } from './pages.mjs';
import { PlainError, ROOT, runMain, say } from './root.mjs';
import { importTypeScript } from './typescript.mjs';

const SUFFIX = '.bench.ts';
/** Engine and size are heeded by the measurements that read filled stores: export, service, verbatim-search, weekly. */
const OPTIONS = '[--engine sqlite|postgres] [--size 1000000] [--json]';

await runMain(async () => {
  const { name, engine, size, isJson } = readWords(process.argv.slice(2));
  const names = readdirSync(join(ROOT, 'bench'))
    .filter((file) => file.endsWith(SUFFIX))
    .map((file) => file.slice(0, -SUFFIX.length));
  if (!names.includes(name)) {
    throw new PlainError(`Which measurement? npm run bench -- ${names.join(' | ')} ${OPTIONS}`);
  }
  await ensurePackages('all');
  await ensurePages();
  const chromium = findChromium();
  if (chromium !== undefined) process.env['CHROMIUM_PATH'] ??= chromium;

  const { run } = await importTypeScript(`bench/${name}${SUFFIX}`);
  const { figures, targets, met } = await run({ engine, size });
  if (isJson) {
    process.stdout.write(
      `${JSON.stringify({ bench: name, engine, size, figures, targets, met, machine: machine() })}\n`,
    );
  } else {
    for (const [figure, value] of Object.entries(figures)) {
      say(`${figure.padEnd(34)} ${String(value).padStart(14)}   ${targetText(targets[figure])}`.trimEnd());
    }
    say(met ? 'Every target is met.' : 'A target is missed.');
  }
  // A bench may have left a browser or a server half closed; its figures are out, nothing is worth waiting for.
  return process.exit(met ? 0 : 1);
});

/**
 * @param {string[]} words
 * @throws {PlainError} where they are none of this command
 */
function readWords(words) {
  try {
    const { values, positionals } = parseArgs({
      args: words,
      allowPositionals: true,
      options: {
        engine: { type: 'string', default: 'sqlite' },
        size: { type: 'string', default: '1000000' },
        json: { type: 'boolean', default: false },
      },
    });
    const { engine, json: isJson } = values;
    const size = Number(values.size);
    if ((engine !== 'sqlite' && engine !== 'postgres') || !Number.isInteger(size) || size < 10_000)
      throw new RangeError(`Not with ${engine} and ${values.size}.`);
    return { name: positionals[0] ?? '', engine, size, isJson };
  } catch (error) {
    throw new PlainError(
      `${error instanceof Error ? error.message : String(error)} npm run bench -- NAME ${OPTIONS}`,
    );
  }
}

/** @param {{ atMost: number } | { atLeast: number } | undefined} target */
function targetText(target) {
  if (target === undefined) return '';
  return 'atMost' in target ? `at most ${target.atMost}` : `at least ${target.atLeast}`;
}

function machine() {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
  };
}
