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
  test('times to keep data: below a day, no time at all, or a kind that does not exist is refused with its line', () => {
    expect(read('version: 1\nretention: { conversations: 14d, figures: 1d }').retention).toEqual({
      conversations: '14d',
      figures: '1d',
    });
    const refused = refusal(
      'version: 1\nretention:\n  conversations: 23h\n  requests: a while\n  review: 0d\n  chats: 3d\n',
    );
    expect(refused).toMatch(/:3 retention → conversations: at least 1d\n.*see organization\.example\.yaml/);
    expect(refused).toMatch(/:4 retention → requests: write a duration/);
    expect(refused).toMatch(/:5 retention → review: write a duration/);
    expect(refused).toMatch(/:6 retention: unknown key "chats"/);
  });

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

describe('people, hours and turns', () => {
  const whole = `version: 1
people:
  grace: { slack: U1 }
  alan: { email: alan@example.com }
working_hours:
  office: { week: [{ days: mon-fri, from: "09:00", until: "17:00" }] }
on_call:
  duty:
    rotation: { people: [grace, alan], start: "2026-11-30", every: 1w }
destinations:
  room: { slack: C1 }
  vault: { slack: C2, restricted: true }
accounts:
  - { id: "111122223333", route: prod }
account_routes:
  prod: { tiers: [{ to: [alan@example.com, other@example.com], claim_within: 1h }] }
routes:
  default: { tiers: [{ to: [room], claim_within: 15m, hours: office, repeat: 2 }, { to: [duty, grace], claim_within: 15m }] }
urgent: { restricted: true, tiers: [{ to: [vault, duty, grace, alan@example.com], claim_within: 5m }] }
follow_up: { remind_after: 1h }
`;

  test('the whole of it loads, and a turn hands over in the morning where nothing is said', () => {
    expect(read(whole).on_call?.duty?.rotation?.handover).toBe('09:00');
  });

  test('the example file of the repository loads', () => {
    expect(readOrganization(join(__dirname, '../../../organization.example.yaml')).urgent?.restricted).toBe(true);
  });

  test.each([
    ['a colleague nobody can reach', 'grace: { slack: U1 }', 'grace: { name: Grace }', 3, 'name at least one way'],
    ['a channel for a person', 'grace: { slack: U1 }', 'grace: { slack: C1 }', 3, 'begins with U or W'],
    [
      'an unknown key of a colleague',
      'grace: { slack: U1 }',
      'grace: { slack: U1, phone: 1 }',
      3,
      'unknown key "phone"',
    ],
    ['a day that is none', 'from: "09:00"', 'from: "25:00"', 6, 'write a time as "09:00"'],
    ['days that are none', 'mon-fri', 'monday', 6, 'write days as mon-fri'],
    ['a date that is none', '2026-11-30', '2026-02-30', 9, 'there is no such day'],
    ['somebody unknown in a turn', '[grace, alan], start', '[grace, eve], start', 9, '"eve" is not among the people'],
    [
      'a schedule without a way to know',
      'rotation: { people: [grace, alan], start: "2026-11-30", every: 1w }',
      'hours: office',
      8,
      'name one of rotation',
    ],
    ['two ways to know', '    rotation:', '    calendar: ./duty.ics\n    rotation:', 8, 'name one of rotation'],
    [
      'a calendar without encryption',
      'rotation: { people: [grace, alan], start: "2026-11-30", every: 1w }',
      'calendar: "http://example.com/x.ics"',
      9,
      'https address or the path',
    ],
    ['hours nobody named', 'hours: office, repeat', 'hours: nights, repeat', 18, 'unknown working hours "nights"'],
    ['a tier for nobody', 'to: [duty, grace], claim', 'to: [duty, eve], claim', 18, 'unknown destination "eve"'],
    [
      'a name that every object has',
      'to: [duty, grace], claim',
      'to: [constructor], claim',
      18,
      'unknown destination "constructor"',
    ],
    ['an account’s route nobody named', 'route: prod }', 'route: dev }', 14, 'unknown account route "dev"'],
    [
      'one name for two things',
      '  room: { slack: C1 }',
      '  room: { slack: C1 }\n  duty: { slack: C3 }',
      8,
      'also the name of a destination',
    ],
    [
      'an open channel for a suspected attack',
      'to: [vault, duty',
      'to: [room, duty',
      19,
      '"room" is open to more people',
    ],
    [
      'an open address for a suspected attack',
      'alan@example.com], claim_within: 5m',
      'all@example.com], claim_within: 5m',
      19,
      'open to more people',
    ],
    ['a tier that is called no times', 'repeat: 2', 'repeat: 0', 18, 'repeat'],
    ['no time at all', 'claim_within: 5m', 'claim_within: 0m', 19, 'write a duration as 15m'],
    [
      'a webhook without encryption',
      'room: { slack: C1 }',
      'room: { webhook: { url: "http://example.com", secret_env: X } }',
      11,
      'an https address is needed',
    ],
    [
      'a place that is only restricted',
      'vault: { slack: C2, restricted: true }',
      'vault: { restricted: true }',
      12,
      'name at least one way',
    ],
  ])('%s is refused with its line', (_name, from, to, line, problem) => {
    expect(whole).toContain(from);
    const message = refusal(whole.replace(from, to));
    expect(message).toContain(problem);
    expect(message).toMatch(new RegExp(`organization\\.yaml:${line}\\b`));
  });

  test('a single person may be told of a suspected attack without a mark', () => {
    expect(() => read(whole.replace('vault: { slack: C2, restricted: true }', 'vault: { slack: U9 }'))).not.toThrow();
    expect(
      refusal(whole.replace('vault: { slack: C2, restricted: true }', 'vault: { slack: U9, restricted: false }')),
    ).toContain('"vault"');
  });
});
