import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onCall } from '../../../scripts/doctor/on-call';
import { ids, textOf } from './doctor-findings';

describe('what the doctor finds about who is on call', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'doctor-on-call-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const slack = { SLACK_BOT_TOKEN: 'xoxb-1-2-abcdef', SLACK_APP_TOKEN: 'xapp-1-2-abcdef' };
  const people = 'people: { grace: { slack: U1 }, alan: { email: alan@example.com } }\n';
  const toDuty = 'routes: { default: { tiers: [{ to: [duty], claim_within: 15m }] } }\n';
  const turns = (...names: string[]) =>
    `on_call: { duty: { rotation: { people: [${names.join(', ')}], start: "2020-01-01", every: 1d } } }\n`;

  const withFile = (yaml: string, env: NodeJS.ProcessEnv = slack): NodeJS.ProcessEnv => {
    const file = join(folder, 'organization.yaml');
    writeFileSync(file, `version: 1\n${yaml}`);
    return { ...env, DATA_DIR: join(folder, 'data'), ORGANIZATION_FILE: file };
  };
  const look = (yaml: string, env?: NodeJS.ProcessEnv) => ids(withFile(yaml, env), [onCall]);

  it('is content when somebody is reached at any hour, and says who it is now', async () => {
    expect(await look(people + turns('grace') + toDuty)).toEqual(['ok']);
  });

  it('names each time in which nobody is', async () => {
    const yaml = people + turns('grace', 'alan') + toDuty;
    expect(await look(yaml)).toEqual(['nobody-reached', 'ok']);
    expect(await textOf('nobody-reached', withFile(yaml), [onCall])).toMatch(
      /routes\.default: nobody from \w{3} \d+ \w{3} \d{4} 09:00 until \w{3} \d+ \w{3} \d{4} 09:00 \(UTC\)/,
    );
  });

  it('names a calendar that cannot be read, and somebody in it whom nobody knows', async () => {
    const file = join(folder, 'duty.ics');
    const yaml = `${people}on_call: { duty: { calendar: ${file} } }\n${toDuty}`;
    expect(await look(yaml)).toEqual(['calendar-unreadable', 'nobody-reached']);
    expect(await textOf('calendar-unreadable', withFile(yaml), [onCall])).toContain('duty: it cannot be read (ENOENT)');
    writeFileSync(
      file,
      'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20200101T000000Z\r\nDTEND:20200102T000000Z\r\nRRULE:FREQ=DAILY\r\nSUMMARY:Eve\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n',
    );
    expect(await look(yaml)).toEqual(['calendar-stranger', 'nobody-reached']);
    expect(await textOf('calendar-stranger', withFile(yaml), [onCall])).toContain('duty: Eve.');
  });

  it('says nothing while the web desk is all there is', async () => {
    expect(await look(people + toDuty.replace('duty', 'grace'), {})).toEqual([]);
  });
});
