/** Commands that the app's manifest offers in a personal chat; the rest of the bot understands all but `home`. */
export const personalCommands = [
  'home',
  'help',
  'start over',
  'a person please',
  'any news',
  'queue',
  'mine',
  'search',
  'who is on call',
] as const;

/** Answered by the edge itself: a look at what there is, and no part of the conversation. */
export const isHomeCommand = (text: string): boolean => /^\s*home\s*[.!]?\s*$/i.test(text);
