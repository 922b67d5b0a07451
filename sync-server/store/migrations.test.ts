import { describe, expect, it } from 'vitest';
import { inOrder, pendingMigrations, readMigrations } from './migrations.ts';

const steps = (engine: 'sqlite' | 'postgres') =>
  readMigrations(engine).map(({ number, name }) => `${number} ${name}`);
const files = (...names: string[]) => names.map((file) => ({ file, sql: '' }));

describe('the two histories of the tables', () => {
  it('are in lockstep: the same steps by number and name', () => {
    expect(steps('postgres')).toEqual(steps('sqlite'));
    expect(steps('sqlite').length).toBeGreaterThan(0);
  });

  it('refuse two files with one number', () => {
    expect(() => inOrder(files('001-create-a.sql', '001-create-b.sql'))).toThrow(
      /Two migrations have the number 1/,
    );
  });

  it('refuse a hole, but for the number that no step ever had', () => {
    expect(() => inOrder(files('001-a.sql', '003-c.sql'))).toThrow(/Migration 2 is missing/);
    expect(() => inOrder(files('002-b.sql'))).toThrow(/Migration 1 is missing/);
    const numbers = inOrder(files('005-e.sql', '001-a.sql', '002-b.sql', '003-c.sql')).map(
      ({ number }) => number,
    );
    expect(numbers).toEqual([1, 2, 3, 5]);
  });

  it('refuse a name that says neither number nor deed', () => {
    expect(() => inOrder(files('1-a.sql'))).toThrow(/is not named/);
    expect(() => inOrder(files('001-A.sql'))).toThrow(/is not named/);
  });

  it('know a database of a newer version, and one whose step has another name', () => {
    const known = inOrder(files('001-a.sql', '002-b.sql'));
    expect(pendingMigrations([{ number: 1, name: 'a' }], known).map(({ name }) => name)).toEqual(['b']);
    expect(() => pendingMigrations([{ number: 3, name: 'c' }], known)).toThrow(/newer version of Parvis/);
    expect(() => pendingMigrations([{ number: 1, name: 'other' }], known)).toThrow(/newer version of Parvis/);
  });
});
