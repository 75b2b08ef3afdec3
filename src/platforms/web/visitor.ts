import type { Request, Response } from 'express';
import { conversationOf } from './browser-cookie';

/** Somebody whom the company's own sign-in vouches for. */
export interface Visitor {
  /** Stands for the person at this issuer, the same on every device. */
  subject: string;
  name: string;
  /** May see and act on everybody's tickets. */
  admin: boolean;
  /** When they must sign in again; milliseconds since 1970. */
  until: number;
}

const visitors = new WeakMap<Request, Visitor>();

export const remember = (request: Request, visitor: Visitor): void => void visitors.set(request, visitor);

/** Null on a desk without sign-in: there everybody is who they say. */
export const visitorOf = (request: Request): Visitor | null => visitors.get(request) ?? null;

/** A signed-in person has one conversation; without sign-in, each browser has. */
export const ownConversation = (request: Request, response: Response): string =>
  visitorOf(request)?.subject ?? conversationOf(request, response);
