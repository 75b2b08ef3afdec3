import type { IncomingAction } from './message';

/** Begins what stays among administrators: `note:`, `internal note -` … */
const noteMark = /^\s*(?:internal\s+)?note\s*[:：–-]\s*/i;

/** What an administrator writes below a card: a note where they say so, else words for the employee. */
export function wordsBelowCard(text: string): Pick<IncomingAction, 'action' | 'text'> {
  const rest = text.replace(noteMark, '');
  return rest === text ? { action: 'reply', text } : { action: 'note', text: rest };
}
