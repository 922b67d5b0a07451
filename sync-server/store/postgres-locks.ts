/**
 * Advisory locks of PostgreSQL that every process of one database agrees on; they are the database's own, so two databases of a server
 * never meet. The first number says that the lock is Parvis's.
 */
const PARVIS = 0x50_41_52;
const WRITES = 1;
const MIGRATIONS = 2;
const JOBS = 3;

/** How a transaction begins that is alone among writers. SQLite's `begin immediate`. */
export const BEGIN_ALONE = `begin; select pg_advisory_xact_lock(${PARVIS}, ${WRITES})`;
/** How one begins that bears others of its kind. */
export const BEGIN_BESIDE = `begin; select pg_advisory_xact_lock_shared(${PARVIS}, ${WRITES})`;
export const LOCK_MIGRATIONS = `select pg_advisory_lock(${PARVIS}, ${MIGRATIONS})`;
export const UNLOCK_MIGRATIONS = `select pg_advisory_unlock(${PARVIS}, ${MIGRATIONS})`;
/** `$1` names the job. One bigint: of the two-number locks the first is taken already. */
export const TRY_JOB = `select pg_try_advisory_lock(hashtextextended($1, ${PARVIS + JOBS})) as is_ours`;
export const END_JOB = `select pg_advisory_unlock(hashtextextended($1, ${PARVIS + JOBS}))`;
