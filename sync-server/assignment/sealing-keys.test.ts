import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../store/test-store.ts';
import { copySealingKeys, rotateSealingKey } from './rotate-sealing-key.ts';
import { openSealingKeys, readSealingKeys, SEALING_KEYS_FILE } from './sealing-keys.ts';

let clock: ManualClock;
let folder = '';
let dataDir = '';
let apart = '';
beforeEach(() => {
  clock = new ManualClock('2026-11-23T09:00:00.000Z');
  folder = mkdtempSync(join(tmpdir(), 'parvis-keys-'));
  dataDir = folder;
  apart = join(folder, 'apart', 'keys');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the keys of a running server', () => {
  it('are given another beside it, and keep the former', () => {
    const keys = openSealingKeys(dataDir, clock);
    const first = keys.current;
    clock.advance(86_400_000);
    const second = rotateSealingKey(dataDir, null, clock.now());
    clock.advance(5_000);
    expect(keys.current).toEqual(second);
    expect(keys.all).toEqual([first, second]);
    expect((statSync(join(dataDir, SEALING_KEYS_FILE)).mode & 0o777).toString(8)).toBe('600');
    expect(openSealingKeys(dataDir, clock).current).toEqual(second);
  });

  it('are given the newest, where the machine’s clock was set back meanwhile', () => {
    openSealingKeys(dataDir, clock);
    clock.advance(-86_400_000);
    const second = rotateSealingKey(dataDir, null, clock.now());
    expect(openSealingKeys(dataDir, clock).current).toEqual(second);
  });

  it('outlive their file', () => {
    const keys = openSealingKeys(dataDir, clock);
    const { current } = keys;
    writeFileSync(join(dataDir, SEALING_KEYS_FILE), '[{"keyId":"half');
    clock.advance(6_000);
    expect(keys.current).toEqual(current);
    rmSync(join(dataDir, SEALING_KEYS_FILE));
    clock.advance(6_000);
    expect(keys.current).toEqual(current);
  });

  it('are never replaced where their file cannot be understood', () => {
    writeFileSync(join(dataDir, SEALING_KEYS_FILE), '[]');
    expect(() => openSealingKeys(dataDir, clock)).toThrow(/restore it from a backup/);
    expect(() => rotateSealingKey(dataDir, null, clock.now())).toThrow(/restore it from a backup/);
  });
});

describe('the copy kept apart', () => {
  it('has a new key before any tablet is given it', () => {
    openSealingKeys(dataDir, clock);
    const second = rotateSealingKey(dataDir, apart, clock.now());
    expect(readSealingKeys(apart)).toEqual(readSealingKeys(dataDir));
    expect(readSealingKeys(apart)).toContainEqual(second);
    writeFileSync(join(folder, 'a-file'), '');
    expect(() => rotateSealingKey(dataDir, join(folder, 'a-file', 'x'), clock.now())).toThrow(
      /cannot be copied.*ENOTDIR/,
    );
    expect(openSealingKeys(dataDir, clock).current).toEqual(second);
  });

  it('loses no key that the data directory has lost, and gives them back', () => {
    openSealingKeys(dataDir, clock);
    copySealingKeys(dataDir, apart);
    const before = readSealingKeys(dataDir);
    rmSync(join(dataDir, SEALING_KEYS_FILE));
    openSealingKeys(dataDir, clock);
    copySealingKeys(dataDir, apart);
    expect(readSealingKeys(apart)).toEqual([...before, ...readSealingKeys(dataDir)]);
    copySealingKeys(apart, dataDir);
    expect(openSealingKeys(dataDir, clock).all).toEqual(expect.arrayContaining([...before]));
  });

  it('is not made of nothing', () => {
    expect(() => rotateSealingKey(dataDir, apart, clock.now())).toThrow(/no key in .* yet/);
  });
});
