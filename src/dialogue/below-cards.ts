import type { Organization } from '../core/organization';
import type { Outgoing } from '../core/ports';
import { isRestricted, mayShowDetail } from '../core/restricted';
import type { Ticket } from '../core/ticket';

type Thread = Extract<Outgoing, { kind: 'thread' }>;

/** Words of the talk about a ticket, to be said below its cards, changed there, or taken back. */
export interface Words extends Pick<Thread, 'word' | 'what' | 'line'> {
  /** Where they were written: they stand there already. */
  except?: string;
}

/** The desk shows the talk on the card itself; what is confidential is said where only those read who may. */
export function below(
  organization: Organization,
  { id, places, details }: Pick<Ticket, 'id' | 'places' | 'details'>,
  { word, what, line, except }: Words,
): Thread[] {
  const isConfidential = isRestricted({ details });
  return places
    .filter((place) => place !== except && place !== 'desk')
    .filter((place) => !isConfidential || mayShowDetail(organization, place))
    .map((destination) => ({ kind: 'thread', destination, ticket: id, word, what, line }));
}
