import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { preact } from '@preact/preset-vite';
import { type MinifyOptions as TerserOptions, minify } from 'terser';
import { build, defineConfig, type HtmlTagDescriptor, type Plugin, type UserConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';

const ROOT = dirname(fileURLToPath(import.meta.url));
const OUT = join(ROOT, 'dist/web');

/** What some packages hold for browsers of this decade, beside the ES5 they offer to bundlers: 2.3 kB less, gzipped, in the first script alone. */
const MODERN_BUILDS = {
  dexie: join(ROOT, 'node_modules/dexie/dist/modern/dexie.mjs'),
  'simple-keyboard': join(ROOT, 'node_modules/simple-keyboard/build/index.modern.esm.js'),
  'workbox-window': join(ROOT, 'node_modules/workbox-window/build/workbox-window.prod.mjs'),
};

/**
 * `vite build` builds the tablet's page, then the telephone's and the web view, into one folder: apart, so that the tablet is one bundle that
 * shares no chunk with the others, and the service worker's list is exactly the tablet's own files. `--mode kiosk`, `--mode phone` and
 * `--mode admin` build one.
 */
export default defineConfig(({ command, mode }) => {
  if (mode === 'phone') return PHONE_PAGE;
  const page = mode === 'admin' ? 'admin' : 'kiosk';
  const isKiosk = page === 'kiosk';
  return {
    root: ROOT,
    appType: 'mpa',
    resolve: { alias: MODERN_BUILDS },
    publicDir: isKiosk ? 'public' : false,
    define: { __APP_VERSION__: JSON.stringify(appVersion()) },
    plugins: [
      preact({ devToolsEnabled: false, prefreshEnabled: false }),
      command === 'build' && isKiosk ? [kioskParts(), smallest(), paintFirst(), kioskPwa(), coldStart()] : [],
      command === 'build' && isKiosk && mode !== 'kiosk' ? othersAfterwards() : [],
      command === 'build' && !isKiosk ? fontAtOnce() : [],
    ],
    build: {
      outDir: OUT,
      emptyOutDir: isKiosk,
      // A classic script would otherwise carry the style sheet and write it into the page, which the policy refuses.
      cssCodeSplit: !isKiosk,
      target: 'es2022',
      // The content security policy allows no inline script and no inline style.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      assetsDir: `${page}/assets`,
      reportCompressedSize: false,
      rolldownOptions: {
        input: { [page]: join(ROOT, page, 'index.html') },
        ...(isKiosk ? { output: KIOSK_OUTPUT } : {}),
      },
    },
  };
});

/** Under an address of its own, `/visite/`, which no service worker and no manifest reach. */
const PHONE_PAGE: UserConfig = {
  root: join(ROOT, 'kiosk/phone'),
  base: '/visite/',
  publicDir: false,
  plugins: [preact({ devToolsEnabled: false, prefreshEnabled: false }), smallest()],
  build: {
    outDir: join(OUT, 'visite'),
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
};

const KIOSK_OUTPUT = {
  // A tablet that has been open for weeks must never ask for a chunk that an update has taken away.
  codeSplitting: false,
  // Chromium keeps a script compiled from the moment a service worker caches it, but only a classic one: a module is compiled
  // anew at each start, a quarter of the tablet's work before the first face.
  format: 'iife',
} as const;

/**
 * Nobody reads a tablet's console: what packages would write there is 0.5 kB of its budget. As much again are the names of properties that
 * Dexie keeps to itself; those it also names in quotes stay as they are. Methods may be written short: no package calls `new` on a property
 * of an object literal, nor on a function without a name that never says `this`, so that such functions may be arrows.
 */
const SMALLEST: TerserOptions = {
  ecma: 2020,
  compress: {
    ecma: 2020,
    passes: 3,
    drop_console: true,
    pure_getters: true,
    unsafe_arrows: true,
    unsafe_methods: true,
  },
  mangle: { properties: { regex: /^_[a-z]/i, reserved: ['_cache', '_createTransaction', '_vip'] } },
};

/** What the bundler's own minifier has left over: 0.7 kB of the tablet's script. */
function smallest(): Plugin {
  return {
    name: 'parvis:smallest',
    apply: 'build',
    async generateBundle(_options, bundle) {
      for (const file of Object.values(bundle))
        if (file.type === 'chunk') {
          const { code = file.code } = await minify(file.code, SMALLEST);
          // What the first turn has uncovered.
          file.code = (await minify(code, { ...SMALLEST, mangle: true })).code ?? code;
        }
    },
  };
}

/**
 * Builds each `*.part.ts` of the kiosk as a module by itself, and tells the kiosk's script where they lie (`kiosk/parts.ts`). They share no
 * chunk with it or with each other: whatever is there is whole.
 */
function kioskParts(): Plugin {
  const name = 'virtual:kiosk-parts';
  const digests: Record<string, string> = {};
  return {
    name: 'parvis:kiosk-parts',
    apply: 'build',
    async buildStart() {
      for (const source of sourcesOf(join(ROOT, 'kiosk'))) {
        const part = /([^/]+)\.part\.tsx?$/.exec(source)?.[1];
        if (part === undefined) continue;
        const { script, style } = await buildPart(source);
        const emit = (code: string, ending: string): string => {
          const digest = createHash('sha256').update(code).digest('hex').slice(0, 8);
          this.emitFile({
            type: 'asset',
            fileName: `kiosk/assets/${part}-${digest}.${ending}`,
            source: code,
          });
          return digest;
        };
        digests[part] = emit(script, 'js');
        if (style !== null) digests[part] += ` ${emit(style, 'css')}`;
      }
    },
    resolveId: (id) => (id === name ? `\0${name}` : null),
    load: (id) => (id === `\0${name}` ? `export const PARTS = ${JSON.stringify(digests)};` : null),
  };
}

async function buildPart(
  source: string,
  format: 'es' | 'iife' = 'es',
): Promise<{ script: string; style: string | null }> {
  const built = await build({
    root: ROOT,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    define: { __APP_VERSION__: JSON.stringify(appVersion()) },
    resolve: { alias: MODERN_BUILDS },
    plugins: [preact({ devToolsEnabled: false, prefreshEnabled: false }), smallest()],
    build: {
      write: false,
      target: 'es2022',
      minify: true,
      assetsInlineLimit: 0,
      lib: { entry: source, name: 'parvis', formats: [format], fileName: 'part', cssFileName: 'part' },
      rolldownOptions: { output: { codeSplitting: false, generatedCode: { symbols: false } } },
    },
  });
  const files = [built].flat().flatMap((result) => ('output' in result ? result.output : []));
  const script = files.find((file) => file.type === 'chunk')?.code;
  if (script === undefined) throw new Error(`${source}: nothing was built.`);
  const style = files.find((file) => file.type === 'asset' && file.fileName.endsWith('.css'));
  return { script, style: style?.type === 'asset' ? String(style.source) : null };
}

/** Puts before the tablet's script what lets a first screen be painted and touched before the rest has run (`kiosk/first-screen`). */
function paintFirst(): Plugin {
  return {
    name: 'parvis:paint-first',
    apply: 'build',
    async generateBundle(_options, bundle) {
      const { script } = await buildPart(join(ROOT, 'kiosk/first-screen/run-once-painted.ts'), 'iife');
      for (const file of Object.values(bundle))
        if (file.type === 'chunk' && file.isEntry)
          file.code = `(()=>{${script.trim()}\nparvis.runOncePainted(()=>{${file.code}})})()`;
    },
  };
}

/**
 * Has the tablet's page load its one script as the classic script it is built as (`defer` keeps a module's moment), and ask for the font of its
 * French at once: the first screen is then laid out a single time.
 */
function coldStart(): Plugin {
  return {
    name: 'parvis:cold-start',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (html, { bundle = {} }) => ({
        html: html.replace(/<script type="module"( crossorigin)?/, '<script defer'),
        tags: fontTags(bundle),
      }),
    },
  };
}

/** Has the web view ask for its font at once: its text is then laid out a single time, and nothing jumps. */
function fontAtOnce(): Plugin {
  const handler = (_html: string, { bundle = {} }: { bundle?: object }) => fontTags(bundle);
  return {
    name: 'parvis:font-at-once',
    apply: 'build',
    transformIndexHtml: { order: 'post', handler },
  };
}

function fontTags(bundle: object): HtmlTagDescriptor[] {
  return Object.keys(bundle)
    .filter((file) => /-latin-wght-normal-.*\.woff2$/.test(file))
    .map((file) => ({
      tag: 'link',
      attrs: { rel: 'preload', as: 'font', type: 'font/woff2', crossorigin: true, href: `/${file}` },
      injectTo: 'head-prepend',
    }));
}

/** The manifest and the service worker of the tablet; registering and updating are the kiosk's own business (`kiosk/device/updates.part.ts`). */
function kioskPwa(): Plugin[] {
  return VitePWA({
    strategies: 'injectManifest',
    srcDir: 'kiosk/sw',
    filename: 'kiosk-sw.ts',
    outDir: OUT,
    injectRegister: null,
    registerType: 'prompt',
    scope: '/kiosk/',
    includeManifestIcons: false,
    manifestFilename: 'kiosk/manifest.webmanifest',
    manifest: {
      id: '/kiosk/',
      name: 'Parvis',
      short_name: 'Parvis',
      description: 'Donnez votre avis sur l’accueil.',
      lang: 'fr',
      dir: 'ltr',
      start_url: '/kiosk/',
      scope: '/kiosk/',
      display: 'fullscreen',
      display_override: ['fullscreen', 'standalone'],
      orientation: 'any',
      background_color: '#f6f3ec',
      theme_color: '#f6f3ec',
      icons: [
        { src: '/icons/parvis-192.png', sizes: '192x192', type: 'image/png' },
        { src: '/icons/parvis-512.png', sizes: '512x512', type: 'image/png' },
        { src: '/icons/parvis-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
      ],
    },
    injectManifest: {
      globPatterns: ['kiosk/**/*.{html,js,css,woff2,webmanifest}', 'icons/*.{png,svg,ico}'],
      rollupFormat: 'iife',
      // Each file is fetched with its digest: a page that answers in place of an asset makes the installation
      // fail, and the old version stay. Workbox alone refuses only a status from 400 up.
      manifestTransforms: [
        (entries) => ({
          manifest: entries.map((entry) => ({ ...entry, integrity: integrityOf(join(OUT, entry.url)) })),
          warnings: [],
        }),
      ],
    },
  });
}

/** The telephone's page and the web view are builds of their own; they add their files and leave the tablet's alone. */
function othersAfterwards(): Plugin {
  return {
    name: 'parvis:others-afterwards',
    apply: 'build',
    closeBundle: {
      order: 'post',
      sequential: true,
      async handler(error?: Error) {
        if (error !== undefined) return;
        for (const mode of ['phone', 'admin'])
          await build({ configFile: join(ROOT, 'vite.config.ts'), mode });
      },
    },
  };
}

function integrityOf(path: string): string {
  return `sha384-${createHash('sha384').update(readFileSync(path)).digest('base64')}`;
}

/** The package's version and eight digits of what the tablet's code is made of, so that a report tells which build stands there. */
function appVersion(): string {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  const digest = createHash('sha256');
  for (const room of ['domain', 'protocol', 'kiosk'])
    for (const file of sourcesOf(join(ROOT, room)))
      digest.update(`${relative(ROOT, file)}\0`).update(readFileSync(file));
  digest.update(readFileSync(join(ROOT, 'package-lock.json')));
  return `${version}+${digest.digest('hex').slice(0, 8)}`;
}

function sourcesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}
