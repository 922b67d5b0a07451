import { fileURLToPath } from 'node:url';

/**
 * What Node is told to run another of the server's programmes: as it is built where this is built, else its source, compiled as it is read.
 *
 * @param name of its file beside whoever asks, without its ending
 * @param asking `import.meta.url` of whoever asks
 */
export function programme(name: string, asking: string): readonly string[] {
  const path = fileURLToPath(new URL(name, asking));
  return asking.endsWith('.ts') ? ['--import', 'tsx', `${path}.ts`] : [`${path}.js`];
}
