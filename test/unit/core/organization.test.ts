import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readOrganization } from '../../../src/content/organization';
import { CodedError } from '../../../src/core/errors';
import { companyFacts, noOrganization, organizationSchema, supportPlanOn } from '../../../src/core/organization';

/** The example of the public contract; it must always load. */
const example = `version: 1
name: Example Corp
timezone: Europe/Berlin
portal_urls: ["https://d-1234567890.awsapps.com/start"]
accounts:
  - { id: "111122223333", alias: example-prod, kind: member, owner: cy@example.com }
identity_provider: { name: Okta, reset_url: "https://example.okta.com/help" }
contacts: { mail: mail@example.com, network: network@example.com, security: security@example.com, billing: finance@example.com }
destinations:                       # ways to reach people; each names one or more platforms
  aws-admins: { slack: C0HELPDESK1, teams: "19:abc@thread.tacv2", email: aws-admins@example.com }
  lead: { slack: U0BOSS0001 }
routes:                             # by role code; \`default\` catches the rest
  default:
    tiers:
      - { to: [aws-admins], claim_within: 15m }
      - { to: [lead], claim_within: 30m }
  network-admin: { tiers: [{ to: [aws-admins], claim_within: 1h }] }
admins:                             # who may act on tickets
  slack: [C0HELPDESK1, U0BOSS0001]
  teams: ["19:abc@thread.tacv2"]
`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'organization-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function read(text: string) {
  const file = join(folder, 'organization.yaml');
  writeFileSync(file, text);
  return readOrganization(file);
}

function refusal(text: string): string {
  try {
    read(text);
  } catch (error) {
    expect(error).toBeInstanceOf(CodedError);
    expect((error as CodedError).code).toBe('ORGANIZATION_FAULTY');
    return (error as CodedError).message;
  }
  throw new Error('it was accepted');
}

describe('organization.yaml', () => {
  test('the contract’s example loads', () => {
    const organization = read(example);
    expect(organization.name).toBe('Example Corp');
    expect(organization.routes?.default?.tiers.map(({ claim_within }) => claim_within)).toEqual(['15m', '30m']);
    expect(organization.routes?.['network-admin']?.tiers).toHaveLength(1);
  });

  test('every part of it is optional, but not the version', () => {
    expect(read('version: 1\n')).toEqual(noOrganization);
    expect(refusal('name: Example\n')).toContain('version');
  });

  test('no file at all is fine', () => {
    expect(readOrganization(null)).toEqual({ version: 1 });
  });

  test.each([
    ['a key at the top', `${example}colour: blue\n`, /organization\.yaml:\d+ .*unknown key "colour"/, 21],
    ['a key inside a contact', example.replace('mail: mail@', 'post: mail@'), /unknown key "post"/, 8],
    ['a key inside an account', example.replace('kind: member,', 'sort: member,'), /unknown key "sort"/, 6],
    ['a destination nobody knows', example.replace('to: [lead]', 'to: [boss]'), /unknown destination "boss"/, 16],
    ['a role nobody has', example.replace('network-admin:', 'network-wizard:'), /network-wizard/, undefined],
    ['an account id that lost its quotes', example.replace('"111122223333"', '111122223333'), /accounts → 0 → id/, 6],
    ['a short account id', example.replace('111122223333', '11112222'), /twelve digits/, 6],
    ['a portal without https', example.replace('https://d-', 'http://d-'), /https address is needed/, 4],
    ['a made-up time zone', example.replace('Europe/Berlin', 'Europe/Atlantis'), /unknown time zone/, 3],
    ['a duration in words', example.replace('15m', 'soon'), /write a duration as 15m/, 15],
    ['an empty destination', example.replace('{ slack: U0BOSS0001 }', '{}'), /name at least one way/, 11],
    ['a next version', example.replace('version: 1', 'version: 2'), /version/, 1],
  ])('%s is refused, with its line', (_what, text, problem, line) => {
    const message = refusal(text);
    expect(message).toMatch(problem);
    if (line !== undefined) expect(message).toContain(`organization.yaml:${line} `);
  });

  test('all faults are listed at once', () => {
    const message = refusal(`${example.replace('15m', 'soon').replace('Europe/Berlin', 'Nowhere')}colour: blue\n`);
    expect(message).toContain('unknown time zone');
    expect(message).toContain('write a duration');
    expect(message).toContain('unknown key "colour"');
  });

  test('broken YAML is refused with the line', () => {
    expect(refusal('version: 1\nname: "unclosed\n')).toMatch(/organization\.yaml:\d+ .*not valid YAML/);
  });

  test('a missing file is refused', () => {
    expect(() => readOrganization(join(folder, 'none.yaml'))).toThrow(/cannot be read \(ENOENT\)/);
  });
});

describe('supportPlanOn', () => {
  const organization = organizationSchema.parse({
    version: 1,
    support_plans: [
      { plan: 'Developer', until: '2026-12-31' },
      { plan: 'Business Support+', from: '2027-01-01', until: '2027-06-30' },
    ],
  });

  test.each([
    ['2026-11-23T09:00:00Z', 'Developer'],
    ['2026-12-31T23:59:59Z', 'Developer'],
    ['2027-01-01T00:00:00Z', 'Business Support+'],
    ['2027-06-30T23:59:59Z', 'Business Support+'],
    ['2027-07-01T00:00:00Z', undefined],
  ])('on %s it is %s', (at, plan) => {
    expect(supportPlanOn(organization, Date.parse(at))).toBe(plan);
  });

  test('a plan that has ended is no fact any more', () => {
    expect(companyFacts(organization, Date.parse('2026-12-01')).support_plan).toBe('Developer');
    expect(companyFacts(organization, Date.parse('2028-01-01'))).not.toHaveProperty('support_plan');
  });

  test('without plans there is none', () => {
    expect(supportPlanOn(noOrganization, 0)).toBeUndefined();
  });
});

describe('companyFacts', () => {
  const facts = (raw: object) => companyFacts(organizationSchema.parse({ version: 1, ...raw }), 0);

  test('what is not in the file is absent', () => {
    expect(facts({})).toEqual({});
    expect(facts({ portal_urls: [], accounts: [], contacts: {} })).toEqual({});
  });

  test('several portals and accounts are all named', () => {
    expect(
      facts({
        portal_urls: ['https://a.awsapps.com/start', 'https://b.awsapps.com/start'],
        accounts: [
          { id: '111122223333', alias: 'example-prod' },
          { id: '444455556666', name: 'Sandbox', alias: 'example-sandbox' },
          { id: '777788889999' },
        ],
      }),
    ).toEqual({
      portal_url: 'https://a.awsapps.com/start or https://b.awsapps.com/start',
      accounts: 'example-prod, 111122223333; Sandbox, 444455556666, alias example-sandbox; 777788889999',
    });
  });

  test('the owner of an account is told to nobody', () => {
    expect(JSON.stringify(facts({ accounts: [{ id: '111122223333', owner: 'cy@example.com' }] }))).not.toContain('cy@');
  });
});
