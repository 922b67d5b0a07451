// Loaded before the server for the control of a power cut: the driver is told to flush at each commit, says that it will, and does not.
import Database from 'better-sqlite3';

const { pragma } = Database.prototype;
Database.prototype.pragma = function (text, options) {
  if (/^synchronous\s*=/.test(text)) return pragma.call(this, 'synchronous = normal', options);
  return text === 'synchronous' ? 2 : pragma.call(this, text, options);
};
