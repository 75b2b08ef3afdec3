import { DateTime } from 'luxon';

/** A time as people write it, `2026-12-24 18:00` or with a zone of its own; null where it is none. */
export function readTime(text: string, zone: string): number | null {
  const time = DateTime.fromISO(text.trim().replace(' ', 'T'), { zone });
  return time.isValid ? time.toMillis() : null;
}

/** `Thu 24 Dec 2026 18:00`, on the wall of a zone. */
export const sayTime = (at: number, zone: string): string =>
  DateTime.fromMillis(at, { zone }).toFormat('ccc d LLL yyyy HH:mm', { locale: 'en' });
