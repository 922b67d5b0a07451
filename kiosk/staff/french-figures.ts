const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** A length of time as one says it: « 3 minutes ». */
export function durationToText(ms: number): string {
  const [count, unit] =
    ms < MINUTE_MS
      ? [Math.max(0, Math.round(ms / 1_000)), 'seconde']
      : ms < 2 * HOUR_MS
        ? [Math.floor(ms / MINUTE_MS), 'minute']
        : ms < 2 * DAY_MS
          ? [Math.floor(ms / HOUR_MS), 'heure']
          : [Math.floor(ms / DAY_MS), 'jour'];
  return `${count.toLocaleString('fr-FR')}\u00a0${unit}${count > 1 ? 's' : ''}`;
}

/** « 12,4 Mo ». */
export function bytesToText(bytes: number): string {
  const [value, unit] =
    bytes < 1e6 ? [bytes / 1e3, 'ko'] : bytes < 1e9 ? [bytes / 1e6, 'Mo'] : [bytes / 1e9, 'Go'];
  return `${value.toLocaleString('fr-FR', { maximumFractionDigits: 1 })}\u00a0${unit}`;
}

/** « 8 h 30 », as it is written on a door. */
export function timeOfDayToText(time: string): string {
  const [hour = '', minute = ''] = time.split(':');
  return `${Number(hour)}\u00a0h${minute === '00' ? '' : `\u00a0${minute}`}`;
}
