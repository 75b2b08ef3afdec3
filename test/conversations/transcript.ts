import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { roleSchema } from '../../src/core/escalation';
import { organizationSchema } from '../../src/core/organization';
import { ticketStates } from '../../src/core/ticket';

const oneOrMore = <S extends z.ZodType>(schema: S) => z.union([schema, z.array(schema)]);

/** What must be true after a turn. Whatever is left out is not judged, except that nothing may be sent unmentioned. */
const expectationSchema = z.strictObject({
  bot: oneOrMore(z.string()).optional(),
  escalation: z
    .strictObject({ to: z.array(z.string()), state: z.enum(['offered', 'opened', 'none']).optional() })
    .optional(),
  ticket: z
    .strictObject({ state: z.enum(ticketStates), role: roleSchema, rule: z.string(), claimed_by: z.string() })
    .partial()
    .optional(),
  /** Words that must, or must not, be in what the person reads. */
  says: oneOrMore(z.string()).optional(),
  never_says: oneOrMore(z.string()).optional(),
  /** What an administrator wrote, as it reached the person. */
  admin_says: z.string().optional(),
  wait: z.string().optional(),
});
export type Expectation = z.infer<typeof expectationSchema>;

const inputSchema = z.union([
  z.string(),
  z.strictObject({ press: z.string() }),
  z.strictObject({ file: z.string() }),
  z.strictObject({ ticket: z.enum(['claim', 'reply', 'note', 'resolve', 'not_mine']), text: z.string().optional() }),
]);
export type Input = z.infer<typeof inputSchema>;

const fileSchema = z.strictObject({
  given: z
    .strictObject({
      person: z.strictObject({ name: z.string(), member: z.boolean().optional() }).optional(),
      organization: z.string().optional(),
    })
    .prefault({}),
  turns: z.array(z.record(z.string(), z.unknown())).min(1),
});

export interface Turn {
  who: string | null;
  input: Input | null;
  expected: Expectation;
}

export interface Transcript {
  file: string;
  name: string;
  person: { name: string; member: boolean };
  organization: z.infer<typeof organizationSchema> | null;
  turns: Turn[];
}

const folder = __dirname;

/** All transcripts below this folder; a file may hold several, parted by `---`. Throws on one that is not well formed. */
export function readTranscripts(): Transcript[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'organizations')
    .flatMap((entry) => readdirSync(join(folder, entry.name)).map((file) => `${entry.name}/${file}`))
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .flatMap(readFile);
}

function readFile(file: string): Transcript[] {
  const documents = parseAllDocuments(readFileSync(join(folder, file), 'utf8'));
  return [...documents].map((document, index) => {
    const raw = fileSchema.safeParse(document.toJS());
    if (!raw.success) throw new Error(`${file}: ${z.prettifyError(raw.error)}`);
    const { given, turns } = raw.data;
    return {
      file,
      name: documents.length > 1 ? `${file} #${index + 1}` : file,
      person: { name: given.person?.name ?? 'Ada', member: given.person?.member ?? true },
      organization: given.organization === undefined ? null : readOrganization(given.organization),
      turns: turns.map((turn) => readTurn(file, turn)),
    };
  });
}

function readTurn(file: string, raw: Record<string, unknown>): Turn {
  const names = Object.keys(raw).filter((key) => !(key in expectationSchema.shape));
  if (names.length > 1) throw new Error(`${file}: a turn belongs to one person, not to ${names.join(' and ')}`);
  const [who] = names;
  const { [who ?? '']: input, ...rest } = raw;
  const expected = expectationSchema.safeParse(rest);
  if (!expected.success) throw new Error(`${file}: ${z.prettifyError(expected.error)}`);
  return { who: who ?? null, input: who === undefined ? null : inputSchema.parse(input), expected: expected.data };
}

function readOrganization(name: string): z.infer<typeof organizationSchema> {
  const file = join(folder, 'organizations', `${name}.yaml`);
  if (!existsSync(file)) throw new Error(`there is no organisation ${file}`);
  return organizationSchema.parse(parse(readFileSync(file, 'utf8')));
}
