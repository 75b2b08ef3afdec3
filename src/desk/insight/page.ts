import { byId } from '../dom.js';
import { startTheme } from '../theme.js';

/** The server said no, or was not reached; in words for a person. */
export class Problem extends Error {}

/** Training twice takes seconds, on a busy machine minutes. */
const longestMs = 10 * 60_000;

export async function ask<T>(path: string, body?: object): Promise<T> {
  const init = body && {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  };
  let response: Response;
  try {
    response = await fetch(`/api/insight/${path}`, { ...init, signal: AbortSignal.timeout(longestMs) });
  } catch {
    throw new Problem('The service cannot be reached. Is it running?');
  }
  if (response.ok) return (await response.json()) as T;
  const said = (await response.json().catch(() => null)) as { error?: { message?: string } } | null;
  throw new Problem(said?.error?.message ?? `The service answered ${response.status}.`);
}

/** Runs what the page does; what goes wrong is told at its head, and taken away by the next thing that works. */
export async function attempt(work: () => Promise<void>): Promise<void> {
  const place = byId('problem');
  try {
    await work();
    place.hidden = true;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    place.textContent = error.message;
    place.hidden = false;
  }
}

/** @param onColours the colours have changed, by the button or by the system */
export function startPage(onColours: () => void = () => {}): void {
  startTheme();
  new MutationObserver(onColours).observe(document.documentElement, { attributeFilter: ['data-theme'] });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', onColours);
}
