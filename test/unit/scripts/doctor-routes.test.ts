import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { routes } from '../../../scripts/doctor/routes';
import { ids, textOf } from './doctor-findings';

describe('what the doctor finds about the ways to people', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'doctor-routes-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const slack = { SLACK_BOT_TOKEN: 'xoxb-1-2-abcdef', SLACK_APP_TOKEN: 'xapp-1-2-abcdef' };
  const teams = { TEAMS_APP_ID: 'an id', TEAMS_APP_PASSWORD: 'a password' };
  const withFile = (yaml: string, env: NodeJS.ProcessEnv = slack): NodeJS.ProcessEnv => {
    const file = join(folder, 'organization.yaml');
    writeFileSync(file, `version: 1\n${yaml}`);
    return { ...env, ORGANIZATION_FILE: file };
  };
  const look = (yaml: string, env?: NodeJS.ProcessEnv) => ids(withFile(yaml, env), [routes]);

  const toAdmins = 'routes: { default: { tiers: [{ to: [admins], claim_within: 15m }] } }\n';
  const who = 'admins: { slack: [C0HELPDESK1], teams: ["19:a@thread.tacv2"] }\n';
  const way = (ways: string) => `destinations: { admins: { ${ways} } }\n`;

  it('is content when each destination is on a connected platform', async () => {
    expect(await look(way('slack: C0HELPDESK1, email: a@example.com') + toAdmins + who)).toEqual(['ok']);
    const both = way('slack: C0HELPDESK1, teams: "19:a@thread.tacv2"') + toAdmins + who;
    expect(await look(both, { ...slack, ...teams })).toEqual(['ok']);
  });

  it('says nothing while the web desk is all there is', async () => {
    expect(await look('name: Example Corp\n', {})).toEqual([]);
  });

  it('names a destination that reaches nobody, and one that reaches half', async () => {
    const yaml = way('teams: "19:a@thread.tacv2"') + toAdmins + who;
    expect(await look(yaml)).toEqual(['destination-not-connected']);
    expect(await textOf('destination-not-connected', withFile(yaml), [routes])).toContain('admins (teams)');
    expect(await look(way('email: a@example.com') + toAdmins + who)).toEqual(['destination-not-connected']);
    const half = way('slack: C0HELPDESK1, teams: "19:a@thread.tacv2"') + toAdmins + who;
    expect(await look(half)).toEqual(['destination-half-connected', 'ok']);
  });

  it('names what the organisation file leaves open', async () => {
    expect(await look(who)).toEqual(['routes-none']);
    expect(await ids(slack, [routes])).toEqual(['routes-none', 'admins-none']);
    const oneRole = 'routes: { network-admin: { tiers: [{ to: [admins], claim_within: 1h }] } }\n';
    expect(await look(way('slack: C0HELPDESK1') + oneRole + who)).toEqual(['routes-no-default', 'ok']);
    const onlySlack = `${way('slack: C0HELPDESK1') + toAdmins}admins: { slack: [U0BOSS0001] }\n`;
    expect(await look(onlySlack, { ...slack, ...teams })).toEqual(['admins-none', 'ok']);
    expect(await look(`${way('slack: C0HELPDESK1') + toAdmins}admins: { slack: [] }\n`)).toEqual([
      'admins-empty',
      'ok',
    ]);
  });

  it('leaves a destination alone that no route leads to', async () => {
    const unused = 'destinations: { admins: { slack: C0HELPDESK1 }, later: { teams: "19:a@thread.tacv2" } }\n';
    expect(await look(unused + toAdmins + who)).toEqual(['ok']);
  });
});
