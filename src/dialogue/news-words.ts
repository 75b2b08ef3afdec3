import { simplify } from './typed';

/** How people ask what became of their request. Whole messages only: "any news about the outage" is about something else. */
const ways = new Set(
  [
    'any news',
    'any news yet',
    'news',
    'any update',
    'any updates',
    'any update yet',
    'any progress',
    'update please',
    'whats the status',
    'what is the status',
    'status',
    'status please',
    'status of my request',
    'what about my request',
    'hows it going',
    'how is it going',
    'how long will it take',
    'how much longer',
    'did anybody see it',
    'did anyone see it',
    'has anyone seen it',
    'has anybody seen it',
    'is anybody there',
    'is anyone there',
    'is anyone on it',
    'is anybody on it',
    'is somebody on it',
    'is someone on it',
    'who has it',
    'who has my request',
    'still waiting',
    'im still waiting',
    'i am still waiting',
  ].map(simplify),
);

export const asksForNews = (text: string): boolean => ways.has(simplify(text));
