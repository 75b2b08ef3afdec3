/** What an administrator may ask the bot in chat. */
export type DeskCommand =
  | { kind: 'queue' | 'mine' | 'on-call' }
  | { kind: 'search'; words: string }
  | { kind: 'ticket'; id: number }
  | { kind: 'override'; schedule: string; person: string; forMs: number };

const units = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Whole messages only, so that words of a problem are never taken for a command. */
export function deskCommand(text: string): DeskCommand | null {
  const said = text
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/[.?!]+$/, '');
  if (/^(queue|the queue|open tickets|show queue)$/i.test(said)) return { kind: 'queue' };
  if (/^(mine|my tickets)$/i.test(said)) return { kind: 'mine' };
  if (/^(who is|who's|whos) on[ -]?call$|^on[ -]?call$/i.test(said)) return { kind: 'on-call' };
  const [, number] = /^d-? ?(\d{1,9})(?: history)?$/i.exec(said) ?? [];
  if (number) return { kind: 'ticket', id: Number(number) };
  const [, words] = /^search (?:for )?(.{2,200})$/i.exec(said) ?? [];
  if (words) return deskCommand(words)?.kind === 'ticket' ? deskCommand(words) : { kind: 'search', words };
  const override = /^override (?:on[ -]?call )?([\w.-]+) (?:to |with |by )?([\w.-]+) for (\d{1,3}) ?(m|h|d)$/i.exec(
    said,
  );
  if (!override) return null;
  const [, schedule, person, amount, unit] = override as unknown as [string, string, string, string, 'm' | 'h' | 'd'];
  return { kind: 'override', schedule, person, forMs: Number(amount) * units[unit.toLowerCase() as 'm' | 'h' | 'd'] };
}
