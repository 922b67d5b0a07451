/** Columns that do not hold text, by name: a name means the same in every table. PostgreSQL wants to know it of each list it is given. */
const TYPES: Readonly<Record<string, 'bigint' | 'bytea' | 'double precision'>> = {
  instance_id: 'bigint',
  code_salt: 'bytea',
  position: 'bigint',
  is_demonstration: 'bigint',
  target_percent: 'bigint',
  number: 'bigint',
  high_water_mark: 'bigint',
  largest_sequence: 'bigint',
  safe_through: 'bigint',
  clock_offset_ms: 'bigint',
  key: 'bytea',
  slot: 'bigint',
  revision: 'bigint',
  iterations: 'bigint',
  salt: 'bytea',
  hash: 'bytea',
  sequence: 'bigint',
  duration_seconds: 'bigint',
  is_counted: 'bigint',
  integrity_rules: 'bigint',
  content_hash: 'bytea',
  count: 'bigint',
  share_satisfied: 'double precision',
  base: 'bigint',
  first_sequence: 'bigint',
  last_sequence: 'bigint',
  through_sequence: 'bigint',
  boot_returns: 'bigint',
  taken_sequences: 'bigint',
  morning: 'bigint',
  afternoon: 'bigint',
  visitors: 'bigint',
  totp_last_step: 'bigint',
  attempts: 'bigint',
  wants_weekly: 'bigint',
};

/** PostgreSQL's type of a column. */
export function columnType(column: string): 'text' | 'bigint' | 'bytea' | 'double precision' {
  return TYPES[column] ?? 'text';
}
