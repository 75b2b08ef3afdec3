import { milliseconds } from './duration';
import type { Organization } from './organization';
import { type KeptFor, keptKinds } from './personal-data';

/** How long things are kept where the organisation file says nothing. */
export const keptByDefault = { conversations: '30d', requests: '365d', review: '90d', figures: '730d' } as const;

/** As people write it: `30d`. */
export const keptAs = ({ retention = {} }: Pick<Organization, 'retention'>, kind: keyof KeptFor): string =>
  retention[kind] ?? keptByDefault[kind];

/** In milliseconds. */
export const keptFor = (organization: Pick<Organization, 'retention'>): KeptFor =>
  forEachKind((kind) => milliseconds(keptAs(organization, kind)));

/** The moments before which something must have been touched last to go. */
export const beforeOf = (kept: KeptFor, now: number): KeptFor => forEachKind((kind) => now - kept[kind]);

const forEachKind = (value: (kind: keyof KeptFor) => number): KeptFor =>
  Object.fromEntries(keptKinds.map((kind) => [kind, value(kind)])) as unknown as KeptFor;
