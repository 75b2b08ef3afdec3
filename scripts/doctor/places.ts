import type { Organization } from '../../src/core/organization';

/** A person or place that the organisation file names on one platform. */
export interface Named {
  id: string;
  /** Where it is named: `destinations › aws-admins`, `admins`. */
  as: string[];
  /** It must be reachable, not only known: tickets are sent there. */
  destination: boolean;
}

/** Everybody and every place that the organisation file names on a platform, each once. */
export function namedOn(platform: 'slack' | 'teams', organization: Organization): Named[] {
  const named = new Map<string, Named>();
  const add = (id: string, as: string, destination: boolean) => {
    const known = named.get(id);
    if (!known) named.set(id, { id, as: [as], destination });
    else {
      known.as.push(as);
      known.destination ||= destination;
    }
  };
  for (const [name, ways] of Object.entries(organization.destinations ?? {})) {
    const id = ways[platform];
    if (id !== undefined) add(id, `destinations › ${name}`, true);
  }
  for (const id of organization.admins?.[platform] ?? []) add(id, 'admins', false);
  return [...named.values()];
}

export const inWords = ({ id, as }: Named): string => `${id} (${as.join(', ')})`;
