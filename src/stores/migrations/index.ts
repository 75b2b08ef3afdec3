import type { Migration } from 'kysely';
import { first } from './0001-first';
import { platforms } from './0002-platforms';

/** In order; a released migration is never edited. Inline, because the folder provider does not work inside Jest. */
export const migrations: Record<string, Migration> = { '0001-first': first, '0002-platforms': platforms };
