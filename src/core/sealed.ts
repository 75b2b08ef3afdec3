import type { Incoming } from './message';

/** Parts of an input that people or their clients choose. Everything else is made by a platform or by us. */
const chosen = ['text', 'press', 'name'] as const;

/**
 * The last look before anything is written: every platform masks what it parses, and this makes sure of it, also for
 * what only a forged client can fill: a button's value, an idempotency key.
 * @param mask takes secrets out of a text
 * @param digest stands for a key that must not be kept as it is, the same for the same key
 */
export function sealed<T extends Incoming>(
  incoming: T,
  mask: (text: string) => { text: string; kinds: string[] },
  digest: (text: string) => string,
): T {
  const changes: Record<string, unknown> = {};
  const found = new Set<string>();
  const masked = (text: string): string => {
    const result = mask(text);
    for (const kind of result.kinds) found.add(kind);
    return result.text;
  };
  const fields = incoming as unknown as Record<string, unknown>;
  for (const name of chosen) {
    const value = fields[name];
    if (typeof value === 'string') changes[name] = masked(value);
  }
  if (Array.isArray(fields.files)) changes.files = fields.files.map((name) => masked(String(name)));
  if (Array.isArray(fields.secrets)) changes.secrets = [...new Set([...(fields.secrets as string[]), ...found])];
  for (const name of ['key', 'of'] as const) {
    const value = fields[name];
    if (typeof value === 'string' && mask(value).kinds.length > 0) changes[name] = digest(value);
  }
  // Changed words name the first ones by their key, which must stay the same as theirs.
  if (incoming.kind === 'ticket_action' && incoming.again && mask(incoming.again.of).kinds.length > 0)
    changes.again = { ...incoming.again, of: digest(incoming.again.of) };
  return { ...incoming, ...changes, person: { ...incoming.person, name: mask(incoming.person.name).text } };
}
