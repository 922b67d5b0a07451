import { parseCsv } from 'hucre/csv';
import { isLocalDate, type LocalDate } from '../../domain/weeks.ts';
import { type ImportFault, MOST_VISITORS } from '../../protocol/participation.ts';
import type { VisibleService } from '../people/visible-services.ts';
import type { CountToRecord } from './record-counts.ts';

/**
 * Reads the file of a ticket machine, or one made in a spreadsheet: a line a day and service, `date;service;visiteurs`, with or without a heading,
 * its columns apart by semicolons, commas or tabs. A day is written 17/11/2026 or 2026-11-17; a service by its name, or by its code.
 */
export function parseCounts(
  text: string,
  services: readonly VisibleService[],
  today: LocalDate,
): { readonly counts: readonly CountToRecord[]; readonly faults: readonly ImportFault[] } {
  const counts: CountToRecord[] = [];
  const faults: ImportFault[] = [];
  const lineOf = new Map<string, number>();
  for (const [index, row] of parseCsv(text).entries()) {
    const cells = row.map((cell) => String(cell ?? '').trim());
    if (cells.every((cell) => cell === '') || (index === 0 && isHeading(cells))) continue;
    const fault = (kind: ImportFault['kind'], value: string) =>
      faults.push({ line: index + 1, kind, value: value.slice(0, 80) });
    const [day = '', name = '', given = '', ...others] = cells;
    if (cells.length < 3 || others.some((cell) => cell !== '')) {
      fault('columns', cells.join(' ; '));
      continue;
    }
    const date = dateOf(day);
    const named = servicesNamed(name, services);
    const [service] = named;
    const visitors = /^\d{1,9}$/.test(given) ? Number(given) : Number.NaN;
    if (date === null) fault('date', day);
    else if (date > today) fault('to-come', day);
    if (service === undefined) fault('service', name);
    else if (named.length > 1) fault('ambiguous-service', name);
    if (!(visitors <= MOST_VISITORS)) fault('visitors', given);
    if (date === null || service === undefined || !(visitors <= MOST_VISITORS)) continue;
    const { organisationId, serviceId } = service;
    const key = `${organisationId} ${serviceId} ${date}`;
    const before = lineOf.get(key);
    if (before !== undefined) fault('twice', String(before));
    lineOf.set(key, index + 1);
    counts.push({ organisationId, serviceId, date, visitors });
  }
  return { counts, faults };
}

/** Its first cell says what a column holds, not a day. */
function isHeading([first = '']: readonly string[]): boolean {
  return /^[\p{L}\s]+$/u.test(first);
}

function dateOf(text: string): LocalDate | null {
  const [, day, month, year] = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$/.exec(text) ?? [];
  const date =
    day === undefined || month === undefined || year === undefined
      ? text
      : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isLocalDate(date) ? date : null;
}

const sameName = new Intl.Collator('fr', { sensitivity: 'base', ignorePunctuation: true });

/** By code or by name, whatever its capitals and accents; two sites may have a service of one name. */
function servicesNamed(name: string, services: readonly VisibleService[]): readonly VisibleService[] {
  const byCode = services.filter((service) => service.serviceId === name);
  if (byCode.length > 0) return byCode;
  return services.filter((service) => sameName.compare(service.serviceName, name) === 0);
}
