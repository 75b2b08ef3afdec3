import type { Migration } from 'kysely';
import { first } from './0001-first';
import { platforms } from './0002-platforms';
import { processes } from './0003-processes';
import { escalation } from './0004-escalation';
import { insight } from './0006-insight';
import { retention } from './0008-retention';

/**
 * In order; a released migration is never edited. Both dialects run the same ones: where they need different words, those
 * are in sql-words.ts. Inline, because the folder provider does not work inside Jest.
 */
export const migrations: Record<string, Migration> = {
  '0001-first': first,
  '0002-platforms': platforms,
  '0003-processes': processes,
  '0004-escalation': escalation,
  '0006-insight': insight,
  '0008-retention': retention,
};
