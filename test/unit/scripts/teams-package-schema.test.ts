import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv, { type AnySchemaObject } from 'ajv';
import { asOlderSchema, fillIn } from '../../../scripts/teams-package/manifest';
import { repository } from '../../builders/bot';

const schemas = 'node_modules/@microsoft/app-manifest/build/json-schemas/teams';
const folder = join(repository, schemas);
const installed = existsSync(folder) ? describe : describe.skip;

/** Microsoft's own schemas, from the package its tools use. They are of an old draft, whose differences do not matter here. */
function official(version: string) {
  const schema = JSON.parse(
    readFileSync(join(folder, `v${version}`, 'MicrosoftTeams.schema.json'), 'utf8'),
  ) as AnySchemaObject;
  delete schema.$schema;
  delete schema.id;
  return new Ajv({ strict: false, validateSchema: false, allErrors: true, formats: { uri: true } }).compile(schema);
}

installed('our manifest, by Microsoft’s own schema (needs the package @microsoft/app-manifest)', () => {
  const template: unknown = JSON.parse(readFileSync(join(repository, 'manifests/teams/manifest.json'), 'utf8'));
  const manifest = fillIn(template, {
    'app-id': '3fa85f64-5717-4562-b3fc-2c963f66afa6',
    version: '1.0.0',
    developer: 'IT helpdesk',
    website: 'https://helpdesk.example.com',
    privacy: 'https://helpdesk.example.com',
    terms: 'https://helpdesk.example.com',
    name: 'AWS sign-in helpdesk',
    'full-name': 'AWS sign-in helpdesk',
    domain: 'helpdesk.example.com',
  }) as Record<string, unknown>;

  it.each([
    ['1.25', manifest],
    ['1.19', asOlderSchema(manifest) as Record<string, unknown>],
  ])('is right in %s, and would be found out if it were not', (version, made) => {
    const validate = official(version);
    validate(made);
    expect(validate.errors ?? []).toEqual([]);
    expect(validate({ ...made, tabs: [] })).toBe(false);
    expect(validate({ ...made, name: { short: 'x'.repeat(31) } })).toBe(false);
  });
});
