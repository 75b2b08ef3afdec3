import { chat } from './chat';
import { conversations } from './conversations';
import { marks } from './marks';
import type { Method } from './method';
import { people } from './people';
import { views } from './views';

/** Every method the fake knows; any other is a fault of the app. */
export const methods: ReadonlyMap<string, Method> = new Map<string, Method>(
  Object.entries({ ...chat, ...conversations, ...marks, ...people, ...views }),
);

/** Scopes that all the methods together ask for. */
export const everyScope: string[] = [...new Set([...methods.values()].flatMap(({ scopes }) => scopes))];
