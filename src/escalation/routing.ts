import type { Role } from '../core/escalation';
import type { Organization } from '../core/organization';

/** Sees every ticket, whatever the routes say. */
const desk = 'desk';
const chats = ['slack', 'teams'] as const;

/**
 * Where a role's pings go: the web desk, and the places of the first tier of the role's route (or of `default`) on the
 * platforms that are connected. A place is written `<platform>:<its id there>`.
 * @param connected the platforms by name
 */
export function destinationsOf(
  { routes, destinations }: Organization,
  role: Role,
  connected: { has(platform: string): boolean },
): string[] {
  const tier = (routes?.[role] ?? routes?.default)?.tiers[0];
  const reached = (tier?.to ?? []).flatMap((name) =>
    chats.flatMap((platform) => {
      const id = destinations?.[name]?.[platform];
      return connected.has(platform) && id ? [`${platform}:${id}`] : [];
    }),
  );
  return [...(connected.has(desk) ? [desk] : []), ...new Set(reached)];
}
