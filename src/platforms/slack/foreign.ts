import { z } from 'zod';
import type { Identity } from './identity';

const marks = z.object({
  api_app_id: z.string().optional(),
  team_id: z.string().optional(),
  event: z.unknown().optional(),
  authorizations: z.array(z.object({ team_id: z.string().nullish() })).optional(),
});

/**
 * Signed well, and yet not for us: another app, or an event of a workspace this token is not for. Interactions name
 * the workspace of whoever pressed, which may rightly be another one, so of them only the app is asked.
 */
export function isForeign(body: unknown, identity: Identity | null): boolean {
  const { data } = marks.safeParse(body);
  if (!data || !identity) return false;
  if (identity.app && data.api_app_id && data.api_app_id !== identity.app) return true;
  if (data.event === undefined) return false;
  const teams = data.authorizations?.length ? data.authorizations.map(({ team_id }) => team_id) : [data.team_id];
  return !teams.some((team) => !team || team === identity.team);
}
