import { join } from 'node:path';
import { loadContent } from '../../src/content/load';
import type { Content } from '../../src/core/content';
import type { Person } from '../../src/core/message';
import type { Organization } from '../../src/core/organization';
import type { Understander } from '../../src/core/ports';
import { Rehearsal } from '../../src/rehearsal/rehearsal';
import { openSqliteStore } from '../../src/stores/sqlite';
import { buildUnderstander } from '../../src/understanding';

export const repository = join(__dirname, '../..');
export const intents = join(repository, 'intents');

let shared: { content: Content; understander: Understander } | null = null;

/** The shipped content and its classifier, once per test file. A model that the build made is used; else one is trained and kept. */
export function knowledge(): { content: Content; understander: Understander } {
  if (!shared) {
    const content = loadContent(intents);
    const models = [join(repository, 'dist/nlu.model'), join(repository, 'node_modules/.cache/nlu.model')];
    shared = { content, understander: buildUnderstander(intents, content, models).understander };
  }
  return shared;
}

/** A whole bot with a store in memory and a clock moved by hand. */
export async function rehearse(organization?: Organization): Promise<Rehearsal> {
  return new Rehearsal({
    ...knowledge(),
    store: await openSqliteStore(':memory:'),
    ...(organization ? { organization } : {}),
  });
}

export const person = (name = 'Ada', member = true): Person => ({ id: name.toLowerCase(), name, member });
