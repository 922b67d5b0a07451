import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from './root.mjs';
import { sourceFiles } from './source-files.mjs';

/** Each wall of `npm run check`, seen to refuse an offence planted in a copy of the repository. */
const run = promisify(execFile);
let copy = '';

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'parvis-walls-'));
  for (const path of sourceFiles(ROOT).filter((one) => !/\.(png|jpg|woff2)$/.test(one))) {
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    cpSync(join(ROOT, path), join(copy, path));
  }
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

/** Runs a program in the copy; resolves with what it printed, empty when it found nothing to refuse. */
async function refusals(program: string, ...words: string[]): Promise<string> {
  try {
    await run(process.execPath, [join(copy, program), ...words], { cwd: copy, maxBuffer: 2 ** 26 });
    return '';
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    return stdout + stderr;
  }
}

/** Plants files in the copy for the time of one check. What they replace comes back. */
async function withPlanted(files: Record<string, string>, check: () => Promise<string>): Promise<string> {
  const undo: (() => void)[] = [];
  for (const [path, text] of Object.entries(files)) {
    const absolute = join(copy, path);
    const before = sourceFiles(copy).includes(path) ? readFileSync(absolute) : undefined;
    undo.push(() => (before === undefined ? rmSync(absolute) : writeFileSync(absolute, before)));
    mkdirSync(dirname(absolute), { recursive: true });
    writeFileSync(absolute, text);
  }
  try {
    return await check();
  } finally {
    for (const step of undo) step();
  }
}

describe('the compiler', () => {
  it.each([
    ['the DOM and Node in domain/', 'domain', { page: 'document', node: 'process' }],
    ['the DOM and Node in protocol/', 'protocol', { page: 'localStorage', node: 'Buffer' }],
    ['Node in kiosk/', 'kiosk', { node: 'process' }],
    ['Node in admin/', 'admin', { node: 'process' }],
    ['a page in sync-server/', 'sync-server', { page: 'document' }],
    ['the window in the service worker', 'kiosk/sw', { page: 'window' }],
  ])('refuses %s', async (_, project, names) => {
    const planted = Object.entries(names).map(([world, name]) => ({ file: `planted-${world}.ts`, name }));
    const texts = planted.map(({ file, name }) => [
      `${project}/${file}`,
      `export const planted: unknown = ${name};\n`,
    ]);
    const printed = await withPlanted(Object.fromEntries(texts), () =>
      refusals('node_modules/typescript/bin/tsc', '-p', project),
    );
    for (const { file, name } of planted) expect(printed).toMatch(new RegExp(`${file}.*'${name}'`));
  });
});

const ROOMS = ['protocol', 'kiosk', 'sync-server'];
/** What is planted where, and what is said of it. */
const EDGES: readonly (readonly [file: string, text: string, expected: string])[] = [
  ['domain/planted-package.ts', `import 'valibot';`, 'domain/planted-package.ts → valibot: domain/ is pure'],
  ['domain/planted-node.ts', `import 'node:fs';`, 'domain/planted-node.ts → node:fs: domain/ is pure'],
  [
    'domain/planted-clock.ts',
    `export const at = Date.now();`,
    'domain/planted-clock.ts → Date.now: domain/ is pure',
  ],
  [
    'domain/planted-date.ts',
    `export const at = new Date();`,
    'domain/planted-date.ts → new Date(): domain/ is pure',
  ],
  [
    'domain/planted-upward.ts',
    `import type { Target } from '../protocol/target.ts';`,
    'domain/planted-upward.ts → protocol/target.ts: domain/ may import from itself alone',
  ],
  ['protocol/planted.ts', `import 'kysely';`, 'protocol/planted.ts → kysely: protocol/ knows one package'],
  [
    'kiosk/planted-across.ts',
    `export * from '../sync-server/target.ts';`,
    'kiosk/planted-across.ts → sync-server/target.ts: kiosk/ may import from domain and protocol',
  ],
  [
    'admin/planted.ts',
    `export type T = import('../kiosk/target.ts').T;`,
    'admin/planted.ts → kiosk/target.ts: admin/ may import from domain and protocol',
  ],
  [
    'sync-server/planted.test.ts',
    `await import('../kiosk/target.ts');`,
    'sync-server/planted.test.ts → kiosk/target.ts: sync-server/ may import from domain and protocol',
  ],
  [
    'simulation/planted.ts',
    `import '../admin/words/fr/fleet-words.ts';`,
    'simulation/planted.ts → admin/words/fr/fleet-words.ts: simulation/ may import from domain and protocol and kiosk and sync-server',
  ],
  [
    'kiosk/planted-node.ts',
    `import 'node:os';`,
    'kiosk/planted-node.ts → node:os: Node does not run in a browser',
  ],
  ['kiosk/sync/planted.ts', `import 'dexie';`, 'kiosk/sync/planted.ts → dexie: only kiosk/outbox/'],
  ['admin/planted.tsx', `import 'chart.js';`, 'admin/planted.tsx → chart.js: only admin/charts/'],
  [
    'domain/planted-absent.ts',
    `import './absent.ts';`,
    'domain/planted-absent.ts → domain/absent.ts: there is no such file',
  ],
  ['kiosk/index.ts', `export {};`, 'kiosk/index.ts: no barrels'],
  ['admin/helpers/planted.ts', `export {};`, 'admin/helpers/planted.ts: "helpers" says nothing'],
];

describe('the directions of imports', () => {
  // All at once: each reading of the whole repository costs seconds.
  let printedOfAll = '';
  beforeAll(async () => {
    const targets = ROOMS.map((room) => [`${room}/target.ts`, 'export {};\n']);
    const planted = EDGES.map(([file, text]) => [file, `${text}\n`]);
    printedOfAll = await withPlanted(Object.fromEntries([...targets, ...planted]), () =>
      refusals('scripts/check-imports.mjs'),
    );
  });

  it.each(EDGES)('refuse %s saying %s', (_file, _text, expected) => {
    expect(printedOfAll).toContain(expected);
  });

  it('refuse the import of a composition root, of a test room, and a cycle, which is printed', async () => {
    const printed = await withPlanted(
      {
        'sync-server/main.ts': 'export {};\n',
        'e2e/planted.ts': 'export {};\n',
        'sync-server/planted-a.ts': `import './planted-b.ts';\nimport './main.ts';\n`,
        'sync-server/planted-b.ts': `import './planted-c.ts';\n`,
        'sync-server/planted-c.ts': `import type {} from './planted-a.ts';\n`,
        'scripts/planted.ts': `import '../e2e/planted.ts';\n`,
        'bench/planted.ts': `import '../simulation/chance.ts';\n`,
      },
      () => refusals('scripts/check-imports.mjs'),
    );
    expect(printed).toContain('sync-server/planted-a.ts → sync-server/main.ts: a composition root wires');
    expect(printed).toContain('scripts/planted.ts → e2e/planted.ts: nobody imports from e2e/');
    expect(printed).toContain('bench/planted.ts → simulation/chance.ts: nobody imports from simulation/');
    expect(printed).toContain(
      'sync-server/planted-a.ts → sync-server/planted-b.ts → sync-server/planted-c.ts → sync-server/planted-a.ts: a cycle',
    );
  });
});

const CARELESS = `
export function careless(value: any, kind: 'one' | 'two', maybe?: { name: string }): string {
  Promise.resolve(1);
  [1].forEach(async () => {});
  try {
    JSON.parse(value);
  } catch {}
  switch (kind) {
    case 'one':
      return maybe!.name;
  }
  // TODO later
  console.log(kind == value);
  return '';
}
`;

describe('the other walls', () => {
  it('refuse careless code: any, a forgotten promise, an empty catch, a forgotten case …', async () => {
    const printed = await withPlanted({ 'sync-server/careless.ts': CARELESS }, () =>
      refusals('node_modules/oxlint/bin/oxlint', '--type-aware', 'sync-server/careless.ts'),
    );
    for (const rule of [
      'no-explicit-any',
      'no-floating-promises',
      'no-misused-promises',
      'no-empty',
      'no-non-null-assertion',
      'switch-exhaustiveness-check',
      'no-warning-comments',
      'no-console',
      'eqeqeq',
    ]) {
      expect(printed, rule).toContain(`(${rule})`);
    }
  });

  it('refuse a file that is not formatted', async () => {
    const printed = await withPlanted({ 'domain/planted.ts': 'export  const a="b"\n' }, () =>
      refusals('node_modules/@biomejs/biome/bin/biome', 'format', 'domain/planted.ts'),
    );
    expect(printed).toContain('domain/planted.ts');
  });

  it('refuse a dead export, a dead file and a package nobody imports', async () => {
    const settings = JSON.parse(readFileSync(join(copy, 'package.json'), 'utf8'));
    settings.devDependencies['left-over'] = '1.0.0';
    const printed = await withPlanted(
      {
        'package.json': JSON.stringify(settings),
        'domain/planted.ts': 'export const used = 1;\nexport const deadExport = 2;\n',
        'domain/planted.test.ts': `import { used } from './planted.ts';\nexport default used;\n`,
        'domain/dead-file.ts': 'export const nobody = 1;\n',
      },
      () => refusals('node_modules/knip/bin/knip.js', '--no-progress'),
    );
    expect(printed).toMatch(/deadExport\s+domain\/planted\.ts/);
    expect(printed).toContain('domain/dead-file.ts');
    expect(printed).toMatch(/left-over\s+package\.json/);
  });

  it('refuse Markdown that names a missing file, heading or script', async () => {
    const text =
      '# Here\n[a](absent.md) [b](#nowhere) [c](#here) `domain/absent.ts` `domain/result.ts`\n`npm run absent`\n';
    const printed = await withPlanted({ 'docs/planted.md': text }, () =>
      refusals('scripts/check-markdown.mjs'),
    );
    const own = printed.split('\n').filter((line) => line.startsWith('docs/planted.md'));
    expect(own).toEqual([
      'docs/planted.md → absent.md: there is no such file',
      'docs/planted.md → #nowhere: docs/planted.md has no heading of that name',
      'docs/planted.md → domain/absent.ts: there is no such file',
      'docs/planted.md → npm run absent: package.json has no such script',
    ]);
  });

  it('refuse French that is not set as the French set it', async () => {
    const words = [
      `const t = String.raw;`,
      `export const WORDS = {`,
      `  good: 'L’accueil\u202f? Oui\u00a0: «\u202fmerci\u202f». À 10:30',`,
      `  set: t\`Combien ? « beaucoup »\`,`,
      `  apostrophe: "l'accueil",`,
      `  plain: 'Combien ?',`,
      `  none: 'Combien?',`,
      `};`,
    ].join('\n');
    const printed = await withPlanted({ 'kiosk/words/fr/planted.ts': words }, () =>
      refusals('scripts/check-typography.mjs'),
    );
    const own = printed.split('\n').filter((line) => line.startsWith('kiosk/words/fr/planted.ts'));
    expect(own).toEqual([
      "kiosk/words/fr/planted.ts → “l'accueil”: a typewriter apostrophe",
      'kiosk/words/fr/planted.ts → “Combien ?”: a space that breaks before a mark',
      'kiosk/words/fr/planted.ts → “Combien?”: a mark without its space',
    ]);
  });

  it('refuse a package without a reason, and a reason without a package', async () => {
    const page = '# A\n\n## Dependencies\n\n| package | reason |\n| --- | --- |\n| `gone` | was of use |\n';
    const printed = await withPlanted({ 'docs/architecture.md': page }, () =>
      refusals('scripts/check-reasons.mjs'),
    );
    expect(printed).toContain('package.json → fastify: docs/architecture.md gives no reason for it');
    expect(printed).toContain('docs/architecture.md → gone: package.json does not have it');
  });

  it('refuse an environment table that differs from what the server reads', async () => {
    const printed = await withPlanted(
      {
        'sync-server/config.ts': `export const VARIABLES = {\n  PORT: { meaning: 'port' },\n  HOST: { fallback: 'a', meaning: 'host' },\n  PLANTED: { meaning: 'x' },\n};\n`,
        'docs/operations.md':
          '# A\n\n## Environment\n\n| a | b | c |\n| --- | --- | --- |\n| `PORT` | `1` | harbour |\n| `HOST` | `b` | host |\n| `OLD_NAME` | – | – |\n',
      },
      () => refusals('scripts/check-environment.mjs'),
    );
    expect(printed.trim().split('\n')).toEqual([
      'docs/operations.md → PORT: sync-server/config.ts says “port”',
      'docs/operations.md → HOST: the default in sync-server/config.ts is “a”',
      'sync-server/config.ts → PLANTED: not in the table of docs/operations.md',
      'docs/operations.md → OLD_NAME: sync-server/config.ts does not read it',
    ]);
  });

  it('refuse a lock file that would not install elsewhere', async () => {
    const packages = {
      '': { name: 'x' },
      'node_modules/a': {
        version: '1.0.0',
        integrity: 'x',
        optionalDependencies: { 'a-darwin': '1', 'a-linux': '1' },
      },
      'node_modules/a-linux': {
        version: '1.0.0',
        integrity: 'x',
        resolved: 'https://registry.example/a.tgz',
      },
      'node_modules/b': { version: '2.0.0' },
    };
    const printed = await withPlanted({ 'package-lock.json': JSON.stringify({ packages }) }, () =>
      refusals('scripts/check-lock.mjs'),
    );
    expect(printed.trim().split('\n')).toEqual([
      'package-lock.json → a@1.0.0: lacks 1 of 2 optional packages (a-darwin)',
      'package-lock.json → a-linux@1.0.0: carries an address, https://registry.example/a.tgz',
      'package-lock.json → b@2.0.0: has no hash',
    ]);
  });
});
