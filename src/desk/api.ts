import type { WireChat, WireDesk, WireDuty, WireError, WireMe, WireMessage } from './wire.js';

/** The server said no, in words for a person. Trying the same again changes nothing. */
export class Refused extends Error {}
/** The server was not reached, or was not itself. The same request, with the same key, may be sent again. */
export class Unreached extends Error {}

export const newKey = (): string => crypto.randomUUID();

export const readChat = () => ask<WireChat>('/api/chat');
export const readMe = () => ask<WireMe>('/api/me');
export const signOut = () => ask<{ to: string }>('/auth/sign-out', { method: 'POST' });
export const readDesk = () => ask<WireDesk>('/api/desk');
export const readDuty = () => ask<WireDuty>('/api/desk/on-call');
export const sendMessage = (message: WireMessage) => post('/api/chat/messages', message);
export const sendFileName = (body: { key: string; name: string; file: string }) => post('/api/chat/files', body);
export const sendAction = (
  ticket: number,
  action: string,
  body: { key: string; name: string; text: string; choice?: string },
) => post(`/api/tickets/${ticket}/${action}`, body);

const post = (path: string, body: object) =>
  ask<{ status: 'recorded' | 'duplicate' }>(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });

async function ask<T>(path: string, init: RequestInit = {}): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, { ...init, signal: AbortSignal.timeout(15_000) });
  } catch {
    throw new Unreached('The service cannot be reached.');
  }
  if (response.ok) return (await response.json()) as T;
  // The sign-in is over: opening the page anew leads to the provider.
  if (response.status === 401) location.reload();
  const problem = (await response.json().catch(() => null)) as WireError | null;
  const message = problem?.error.message ?? `The service answered ${response.status}.`;
  throw response.status >= 500 ? new Unreached(message) : new Refused(message);
}
