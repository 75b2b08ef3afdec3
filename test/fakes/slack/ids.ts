import { randomUUID } from 'node:crypto';

let made = 0;

/** An id of Slack's kind: a letter or two for what it is, then capitals and digits. Never the same twice. */
export const newId = (prefix: string): string => `${prefix}0${(++made).toString(36).toUpperCase().padStart(8, '0')}`;

/** Block and action ids that Slack gives to those that came without. */
export const newBlockId = (): string => randomUUID().slice(0, 5);

export const newUuid = (): string => randomUUID();
