/**
 * One cycle for each knot of files that reach one another (a strongly connected component, by Tarjan's algorithm),
 * the shortest one through the first file of the knot in alphabetical order.
 * @param {Map<string, string[]>} graph each file with the files it imports
 * @returns {string[][]} each cycle ends with the file it began with
 */
export function findCycles(graph) {
  return knots(graph).map((knot) => shortestCycle(graph, knot));
}

/**
 * @param {Map<string, string[]>} graph
 * @returns {Set<string>[]}
 */
function knots(graph) {
  /** @type {Map<string, { index: number, low: number, isOnStack: boolean }>} */
  const visits = new Map();
  /** @type {string[]} */
  const stack = [];
  /** @type {Set<string>[]} */
  const found = [];

  /** @param {string} file */
  const visit = (file) => {
    const own = { index: visits.size, low: visits.size, isOnStack: true };
    visits.set(file, own);
    stack.push(file);
    for (const next of graph.get(file) ?? []) {
      const seen = visits.get(next);
      if (seen === undefined) own.low = Math.min(own.low, visit(next).low);
      else if (seen.isOnStack) own.low = Math.min(own.low, seen.index);
    }
    if (own.low === own.index) {
      const knot = new Set(stack.splice(stack.lastIndexOf(file)));
      for (const member of knot) {
        const seen = visits.get(member);
        if (seen !== undefined) seen.isOnStack = false;
      }
      if (knot.size > 1 || graph.get(file)?.includes(file)) found.push(knot);
    }
    return own;
  };

  for (const file of graph.keys()) if (!visits.has(file)) visit(file);
  return found;
}

/**
 * @param {Map<string, string[]>} graph
 * @param {Set<string>} knot
 * @returns {string[]}
 */
function shortestCycle(graph, knot) {
  const [start = ''] = [...knot].toSorted();
  let paths = [[start]];
  while (paths.length > 0) {
    /** @type {string[][]} */
    const longer = [];
    for (const path of paths) {
      for (const next of graph.get(path.at(-1) ?? '') ?? []) {
        if (next === start) return [...path, start];
        if (knot.has(next) && !path.includes(next)) longer.push([...path, next]);
      }
    }
    paths = longer;
  }
  return [...knot];
}
