// The walls between the rooms: `domain ← protocol ← {kiosk, admin, sync-server}`, and a few doors with one key.
// Reads every import with a parser, prints each offending edge as `from → to: why`, exits 1 if there is one.
import { existsSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, extname, join, normalize } from 'node:path';
import { parseSync, Visitor } from 'oxc-parser';
import { findCycles } from './cycles.mjs';
import { runAsProgramme } from './offences.mjs';
import { sourceFiles } from './source-files.mjs';

/** @typedef {{ from: string, to: string, isRelative: boolean }} Edge `to` is a path of the repository, or a package */

const APPLICATIONS = ['kiosk', 'admin', 'sync-server'];
/** What each room may import from, itself apart. Rooms that are not named here may import from any of these. */
const ALLOWED = new Map([
  ['domain', []],
  ['protocol', ['domain']],
  ...APPLICATIONS.map((name) => /** @type {[string, string[]]} */ ([name, ['domain', 'protocol']])),
  // Drives both sides at once, and is nobody's to import.
  ['simulation', ['domain', 'protocol', 'kiosk', 'sync-server']],
]);
/** Packages that one folder alone may know. */
const DOORS = new Map([
  ['dexie', 'kiosk/outbox/'],
  ['chart.js', 'admin/charts/'],
]);
const WIRES = /^(kiosk|admin)\/main\.tsx?$|^sync-server\/(main|cli\/[^/]+)\.ts$/;
const TEST = /\.(test|spec)\.tsx?$/;
const BUILTINS = new Set(builtinModules);
/** Names that soon hold anything. */
const JUNK = new Set(['utils', 'util', 'helpers', 'helper', 'common', 'shared', 'misc']);

/**
 * @param {string} root
 * @returns {string[]} one line for each offence
 */
export function checkImports(root) {
  const files = sourceFiles(root).filter((path) => /\.(ts|tsx|mjs)$/.test(path));
  /** @type {string[]} */
  const offences = [];
  /** @type {Map<string, string[]>} */
  const graph = new Map();
  for (const file of files) {
    const { edges, clockReadings } = readModule(root, file);
    offences.push(...clockReadings, ...nameOffences(file));
    for (const edge of edges) {
      const why = whyRefused(root, edge);
      if (why !== undefined) offences.push(`${edge.from} → ${edge.to}: ${why}`);
    }
    graph.set(
      file,
      edges.filter((edge) => edge.isRelative && files.includes(edge.to)).map((edge) => edge.to),
    );
  }
  for (const cycle of findCycles(graph)) offences.push(`${cycle.join(' → ')}: a cycle`);
  return offences;
}

/**
 * @param {string} root
 * @param {Edge} edge
 * @returns {string | undefined}
 */
function whyRefused(root, edge) {
  return edge.isRelative ? whyFileRefused(root, edge) : whyPackageRefused(edge);
}

/**
 * @param {string} root
 * @param {Edge} edge
 */
function whyFileRefused(root, { from, to }) {
  if (to.startsWith('..')) return 'outside the repository';
  if (!existsSync(join(root, to))) return 'there is no such file';
  const [room, target] = [roomOf(from), roomOf(to)];
  const isOwnTest = TEST.test(from) && dirname(from) === dirname(to);
  if (WIRES.test(to) && APPLICATIONS.includes(room) && !isOwnTest) {
    return 'a composition root wires; nobody imports it';
  }
  if (room === target || (to === 'package.json' && APPLICATIONS.includes(room))) return undefined;
  const allowed = ALLOWED.get(room);
  if (allowed !== undefined && !allowed.includes(target)) {
    return `${room}/ may import from ${allowed.length > 0 ? allowed.join(' and ') : 'itself alone'}`;
  }
  // The pictures of the documentation are taken by the very hands that test the screens.
  if (/^scripts\/screenshots[./]/.test(from) && target === 'e2e') return undefined;
  if ((target === 'simulation' || !ALLOWED.has(target)) && target !== '' && room !== '')
    return `nobody imports from ${target}/`;
  return undefined;
}

/** @param {Edge} edge */
function whyPackageRefused({ from, to }) {
  if (TEST.test(from)) return undefined;
  const room = roomOf(from);
  if (room === 'domain') return 'domain/ is pure: no package, no Node';
  if (room === 'protocol' && to !== 'valibot') return 'protocol/ knows one package, valibot';
  if ((room === 'kiosk' || room === 'admin') && isNode(to)) return 'Node does not run in a browser';
  const door = DOORS.get(packageOf(to));
  if (door !== undefined && APPLICATIONS.includes(room) && !from.startsWith(door)) {
    return `only ${door} imports ${packageOf(to)}`;
  }
  return undefined;
}

/**
 * @param {string} file
 * @returns {string[]}
 */
function nameOffences(file) {
  const names = file.split('/').map((part) => part.replace(/\..*$/, ''));
  const junk = names.find((name) => JUNK.has(name));
  const offences = junk === undefined ? [] : [`${file}: "${junk}" says nothing; name the concept`];
  if (ALLOWED.has(roomOf(file)) && /(^|\/)index\.tsx?$/.test(file)) offences.push(`${file}: no barrels`);
  return offences;
}

/**
 * @param {string} root
 * @param {string} file
 * @returns {{ edges: Edge[], clockReadings: string[] }}
 */
function readModule(root, file) {
  const text = readFileSync(join(root, file), 'utf8');
  const { module, program } = parseSync(file, text);
  const requests = [
    ...module.staticImports.map((one) => one.moduleRequest.value),
    ...module.staticExports.flatMap((one) => one.entries.map((entry) => entry.moduleRequest?.value)),
    ...module.dynamicImports.map((one) =>
      literal(text.slice(one.moduleRequest.start, one.moduleRequest.end)),
    ),
  ];
  /** @type {string[]} */
  const clockReadings = [];
  const isPure = roomOf(file) === 'domain' && !TEST.test(file);
  new Visitor({
    TSImportType(node) {
      requests.push(node.source.value);
    },
    MemberExpression(node) {
      const name = isPure ? text.slice(node.start, node.end) : '';
      if (name === 'Date.now' || name === 'Math.random') {
        clockReadings.push(`${file} → ${name}: domain/ is pure: clock and chance are handed in`);
      }
    },
    NewExpression(node) {
      if (
        isPure &&
        node.arguments.length === 0 &&
        text.slice(node.callee.start, node.callee.end) === 'Date'
      ) {
        clockReadings.push(`${file} → new Date(): domain/ is pure: the clock is handed in`);
      }
    },
  }).visit(program);
  const edges = [...new Set(requests)]
    .filter((request) => request !== undefined && !request.startsWith('virtual:'))
    .map((request) => edgeOf(file, /** @type {string} */ (request)));
  return { edges, clockReadings };
}

/**
 * @param {string} from
 * @param {string} request
 * @returns {Edge}
 */
function edgeOf(from, request) {
  const path = request.replace(/\?.*$/, '');
  return path.startsWith('.')
    ? { from, to: normalize(join(dirname(from), path)), isRelative: true }
    : { from, to: path, isRelative: false };
}

/**
 * The value of a specifier written as a plain string; undefined for a computed one.
 * @param {string} source
 */
function literal(source) {
  return /^(['"])(.*)\1$/.exec(source)?.[2];
}

/** @param {string} path @returns {string} the top folder; empty for a file at the top */
function roomOf(path) {
  return path.includes('/') ? (path.split('/')[0] ?? '') : '';
}

/** @param {string} request */
function packageOf(request) {
  return request.split('/', request.startsWith('@') ? 2 : 1).join('/');
}

/** @param {string} request */
function isNode(request) {
  return request.startsWith('node:') || (extname(request) === '' && BUILTINS.has(request));
}

runAsProgramme(import.meta.url, checkImports);
