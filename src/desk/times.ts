import { el } from './dom.js';

const clock = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' });
const day = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });

export const timeOf = (at: number): HTMLTimeElement =>
  el('time', { datetime: new Date(at).toISOString(), title: full.format(at) }, clock.format(at));

export const dayOf = (at: number): string => day.format(at);
export const isToday = (at: number): boolean => dayOf(at) === dayOf(Date.now());

export function agoOf(at: number): string {
  const minutes = Math.floor((Date.now() - at) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? `${hours} h ago` : day.format(at);
}
