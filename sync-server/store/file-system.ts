import { statfsSync } from 'node:fs';
import { PlainFault } from '../plain-fault.ts';

/** `statfs` magic numbers (Linux, man 2 statfs) of file systems whose locks and shared memory SQLite's WAL cannot rely on. */
const NETWORK_FILE_SYSTEMS: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB2'],
  [0x517b, 'SMB'],
  [0x01021997, '9P'],
  [0x5346414f, 'AFS'],
  [0x00c36400, 'Ceph'],
]);

/**
 * @param typeOf the file system's magic number
 * @throws PlainFault when the folder is on a network file system: sqlite.org/howtocorrupt.html, section 2.1
 */
export function refuseNetworkFileSystem(
  folder: string,
  typeOf: (path: string) => number = (path) => statfsSync(path).type,
): void {
  const name = process.platform === 'linux' ? NETWORK_FILE_SYSTEMS.get(typeOf(folder) >>> 0) : undefined;
  if (name !== undefined)
    throw new PlainFault(
      `The data directory ${folder} is on a network file system (${name}), where SQLite can lose answers. Set DATA_DIR to a disk of this machine.`,
    );
}
