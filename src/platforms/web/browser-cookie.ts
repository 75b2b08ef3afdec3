import { randomBytes } from 'node:crypto';
import type { Request, Response } from 'express';

const NAME = 'helpdesk_chat';
const ONE_YEAR_MS = 365 * 24 * 60 * 60 * 1000;
const valid = /^[A-Za-z0-9_-]{22}$/;

/** The conversation of this browser; a new random one, left as a cookie, on its first visit. */
export function conversationOf(request: Request, response: Response): string {
  const known = read(request.headers.cookie);
  if (known) return known;
  const conversation = randomBytes(16).toString('base64url');
  response.cookie(NAME, conversation, { httpOnly: true, sameSite: 'strict', path: '/', maxAge: ONE_YEAR_MS });
  return conversation;
}

function read(header: string | undefined): string | null {
  for (const part of header?.split(';') ?? []) {
    const [name, value] = part.trim().split('=', 2);
    if (name === NAME && value && valid.test(value)) return value;
  }
  return null;
}
