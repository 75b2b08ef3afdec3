import type { Migration } from 'kysely';
import { first } from './0001-first';

/** In order; a released migration is never edited. Inline, because the folder provider does not work inside Jest. */
export const migrations: Record<string, Migration> = { '0001-first': first };
