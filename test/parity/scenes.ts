import { only } from './expectations';
import type { Exchange, Person, Shown, Stage } from './stage';

/** Beginnings that many behaviours share. */

/** Somebody whose IAM user's phone is lost has asked for their administrator: the ticket is open, its card posted. */
export async function handedOver(
  s: Stage,
  ada: Person = s.employee(),
): Promise<{ ada: Person; handed: Exchange; card: Shown }> {
  await s.says(ada, 'lost my mfa device, iam user');
  const handed = await s.presses(ada, 'ask_admin');
  return { ada, handed, card: only(s.cards(), 'cards') };
}

/** The same, and an administrator has taken it. */
export async function claimed(s: Stage): Promise<{ ada: Person; grace: Person; card: Shown }> {
  // Who may act is known for a minute, so an administrator must be there before the card is.
  const grace = s.admin();
  const { ada, card } = await handedOver(s);
  await s.acts(grace, 'claim', card);
  return { ada, grace, card: only(s.cards(), 'cards') };
}
