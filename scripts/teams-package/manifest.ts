import { z } from 'zod';

const text = (most: number) =>
  z.string().trim().min(1, 'is empty').max(most, `is too long; at most ${most} characters`);
const guid = z
  .string()
  .regex(
    /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
    'is no GUID; copy “Application (client) ID” of the registration',
  )
  .refine((value) => !/^[0-]+$/.test(value), 'is the empty GUID');
const httpsUrl = z
  .url({ protocol: /^https$/, error: 'must be an https address' })
  .max(2048, 'is too long; at most 2048 characters');
const scope = z.enum(['personal', 'team', 'groupChat']);
const scopes = z.array(scope).min(1).refine(unique, 'names a scope twice');
const domain = z
  .string()
  .max(253)
  .regex(
    /^(?=.*[a-z])([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]*[a-z0-9])?(:\d+)?$/i,
    'must be a host name, without https:// and path',
  );

const command = z.strictObject({ title: text(32), description: text(128) });
const bot = z.strictObject({
  botId: guid,
  scopes,
  supportsFiles: z.boolean(),
  isNotificationOnly: z.literal(false, 'must be false: this bot answers'),
  supportsCalling: z.boolean(),
  supportsVideo: z.boolean(),
  commandLists: z
    .array(
      z.strictObject({
        scopes,
        commands: z
          .array(command)
          .min(1)
          .max(10, 'has too many commands; at most 10')
          .refine((list) => unique(list.map(({ title }) => title.toLowerCase())), 'names a command twice'),
      }),
    )
    .max(3),
});

/**
 * What a manifest of this bot may say: the limits that Microsoft publishes for schema 1.25, and the tighter ones of
 * 1.19 where they differ, so that one text serves both.
 */
const shape = z.strictObject({
  $schema: z.string(),
  manifestVersion: z.enum(['1.19', '1.25']),
  version: z.string().regex(/^(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}$/, 'must be three numbers, as 1.0.0'),
  id: guid,
  developer: z.strictObject({
    name: text(32),
    websiteUrl: httpsUrl,
    privacyUrl: httpsUrl,
    termsOfUseUrl: httpsUrl,
  }),
  name: z.strictObject({ short: text(30), full: text(100) }),
  description: z.strictObject({ short: text(80), full: text(4000) }),
  icons: z.strictObject({ color: z.literal('color.png'), outline: z.literal('outline.png') }),
  accentColor: z.string().regex(/^#[0-9a-f]{6}$/i, 'must be a colour written as #0a6a5f'),
  bots: z.array(bot).length(1, 'must be one bot'),
  permissions: z.array(z.enum(['identity', 'messageTeamMembers'])),
  supportsChannelFeatures: z.literal('tier1').optional(),
  defaultInstallScope: scope,
  validDomains: z.array(domain).min(1).max(100),
});
export type Manifest = z.infer<typeof shape>;

export const manifestSchema = shape.superRefine((manifest, context) => {
  for (const [path, message] of misfits(manifest)) context.addIssue({ code: 'custom', path, message });
});

/** What is right by itself but does not go together. */
function misfits(manifest: Manifest): [path: (string | number)[], message: string][] {
  const { manifestVersion, supportsChannelFeatures: features, defaultInstallScope } = manifest;
  const found: [path: (string | number)[], message: string][] = [];
  const url = `https://developer.microsoft.com/json-schemas/teams/v${manifestVersion}/MicrosoftTeams.schema.json`;
  if (manifest.$schema !== url) found.push([['$schema'], `must be ${url}, to match manifestVersion`]);
  const only = manifest.bots[0];
  if (!only) return found;
  // Teams refuses 1.25 without it as soon as the app can be added to a team.
  if (manifestVersion === '1.25' && only.scopes.includes('team') && features === undefined)
    found.push([['supportsChannelFeatures'], 'is missing; 1.25 wants "tier1" for the scope team']);
  if (manifestVersion === '1.19' && features !== undefined)
    found.push([['supportsChannelFeatures'], 'is unknown to 1.19']);
  if (!only.scopes.includes(defaultInstallScope))
    found.push([['defaultInstallScope'], 'is no scope that the bot offers']);
  const listed = only.commandLists.flatMap((list) => list.scopes);
  if (!unique(listed)) found.push([['bots', 0, 'commandLists'], 'has two lists for one scope']);
  for (const one of listed.filter((scope) => !only.scopes.includes(scope)))
    found.push([['bots', 0, 'commandLists'], `is for ${one}, which the bot does not offer`]);
  return found;
}

function unique(list: readonly string[]): boolean {
  return new Set(list).size === list.length;
}

/** The words that stand for each `{{placeholder}}` of the template. */
export type Values = Record<
  'app-id' | 'version' | 'developer' | 'website' | 'privacy' | 'terms' | 'name' | 'full-name' | 'domain',
  string
>;

/** The template with its placeholders filled in; nothing is checked yet. */
export function fillIn(template: unknown, values: Values): unknown {
  if (typeof template === 'string')
    return template.replace(/\{\{([a-z-]+)\}\}/g, (placeholder, name: string) =>
      name in values ? values[name as keyof Values] : placeholder,
    );
  if (Array.isArray(template)) return template.map((item) => fillIn(item, values));
  if (template === null || typeof template !== 'object') return template;
  return Object.fromEntries(Object.entries(template).map(([key, value]) => [key, fillIn(value, values)]));
}

/** The same manifest in the words of schema 1.19, for clouds that do not take the newer one yet. */
export function asOlderSchema(manifest: unknown): unknown {
  const { supportsChannelFeatures: _unknownThere, ...rest } = manifest as Record<string, unknown>;
  return {
    ...rest,
    $schema: 'https://developer.microsoft.com/json-schemas/teams/v1.19/MicrosoftTeams.schema.json',
    manifestVersion: '1.19',
  };
}

/** What to say on the command line to change a value that is at fault. */
const optionOf: Record<string, string> = {
  id: '--app-id',
  version: '--version',
  'developer.name': '--developer',
  'developer.websiteUrl': '--website',
  'developer.privacyUrl': '--privacy',
  'developer.termsOfUseUrl': '--terms',
  'name.short': '--name',
  'name.full': '--full-name',
  'validDomains[0]': '--domain',
};

/** Every fault of a manifest, one sentence each; empty when Teams will take it. */
export function manifestFaults(manifest: unknown): string[] {
  const result = manifestSchema.safeParse(manifest);
  if (result.success) return [];
  return result.error.issues.flatMap((issue) => {
    const where = issue.path.reduce<string>(
      (path, part) => path + (typeof part === 'number' ? `[${part}]` : `${path && '.'}${String(part)}`),
      '',
    );
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => `${where && `${where}.`}${key} is nothing that this manifest may say`);
    const message = issue.message.startsWith('Invalid') ? `is not right (${issue.message})` : issue.message;
    return [`${where} ${message}${optionOf[where] ? ` (${optionOf[where]})` : ''}`];
  });
}
