import type { Role } from '../core/escalation';
import type { Organization } from '../core/organization';
import type { FollowUp, Routes } from '../core/ticket-course';
import { urgentFollowUp, urgentShare, usualClaimMs, usualFollowUp } from './follow-up';

/** Sees every ticket, whatever the routes say. */
const desk = 'desk';
const chats = ['slack', 'teams'] as const;

/** Which places are connected, by what comes before the colon in their names. */
export interface Connected {
  has(platform: string): boolean;
}

/**
 * Who is called for a ticket: the tiers of the role's route (or of `default`), each with its places on the platforms that
 * are connected. A place is written `<platform>:<its id there>`. Without a route, the web desk alone is asked.
 */
export function routesOf(organization: Organization, connected: Connected): Routes {
  const { routes } = organization;
  const tiersOf = (role: Role) => (routes?.[role] ?? routes?.default)?.tiers ?? [];
  return {
    tiers: ({ role }) => Math.max(1, tiersOf(role).length),
    call: ({ role, details }, number, at) => {
      const tier = tiersOf(role)[number - 1];
      const claimMs = tier ? durationMs(tier.claim_within) : usualClaimMs;
      const share = details.severity === 'urgent' ? urgentShare : 1;
      return {
        places: [...new Set((tier?.to ?? []).flatMap((name) => placesOf(organization, connected, name)))],
        startsAt: at,
        claimBy: at + claimMs * share,
        repeat: 1,
      };
    },
    followUp: ({ details }): FollowUp => (details.severity === 'urgent' ? urgentFollowUp : usualFollowUp),
    placesOf: (name) => placesOf(organization, connected, name),
    everywhere: connected.has(desk) ? [desk] : [],
  };
}

function placesOf({ destinations }: Organization, connected: Connected, name: string): string[] {
  return chats.flatMap((platform) => {
    const id = destinations?.[name]?.[platform];
    return connected.has(platform) && id ? [`${platform}:${id}`] : [];
  });
}

const units = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Milliseconds of `15m`, which the schema let through. */
const durationMs = (text: string): number => Number(text.slice(0, -1)) * units[text.at(-1) as keyof typeof units];
