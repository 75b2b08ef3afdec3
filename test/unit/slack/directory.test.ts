import type { Person } from '../../../src/core/message';
import type { SlackUser } from '../../fakes/slack/slack';
import { SlackEdge } from './slack-edge';

jest.setTimeout(30_000);

let edge: SlackEdge;
const start = async (admins: string[] | null = null) => {
  edge = await SlackEdge.start({ admins });
};
afterEach(() => edge.stop());

const person = (user: SlackUser, member = true): Person => ({ id: edge.privately(user), name: user.id, member });
const look = (user: SlackUser, member = true) => edge.platform.directory.look(person(user, member), null);
const isAdmin = (user: SlackUser) => edge.platform.directory.isAdmin(person(user));

describe('who somebody is', () => {
  test('is told by name, and asked once', async () => {
    await start();
    const { ada } = edge.slack.people;
    expect(await look(ada)).toEqual({ id: edge.privately(ada), name: ada.real_name, member: true });
    await look(ada);
    expect(edge.slack.callsOf('users.info')).toHaveLength(1);
  });

  test.each(['guest', 'oneChannelGuest', 'outsider', 'gone'] as const)('%s is no member', async (who) => {
    await start();
    expect(await look(edge.slack.people[who])).toMatchObject({ member: false });
  });

  test('a name may hold no secret', async () => {
    await start();
    const user = edge.slack.addUser({ real_name: 'AKIAIOSFODNN7EXAMPLE' });
    expect((await look(user)).name).not.toContain('AKIAIOSFODNN7EXAMPLE');
  });

  test('is as the message said where Slack cannot be asked, without a wait for the next one', async () => {
    await start();
    const { ada, guest } = edge.slack.people;
    edge.slack.fail('users.info', { status: 503, times: 2 });
    expect(await look(ada, true)).toEqual(person(ada, true));
    expect(await look(guest, false)).toEqual(person(guest, false));
    expect(await look(ada)).toMatchObject({ name: ada.real_name });
  });

  test('a directory that hangs is not waited for long', async () => {
    await start();
    const { ada } = edge.slack.people;
    edge.slack.fail('users.info', { hang: 'before' });
    expect(await look(ada)).toEqual(person(ada));
  });

  test('one that is too busy is left alone as long as it asks', async () => {
    await start();
    const { ada, bob } = edge.slack.people;
    edge.slack.fail('users.info', { status: 429, retryAfter: 60 });
    expect(await look(ada)).toEqual(person(ada));
    expect(await look(bob)).toEqual(person(bob));
    expect(edge.slack.callsOf('users.info')).toHaveLength(1);
  });
});

describe('an administrator', () => {
  test('is everybody of the company where nobody is named', async () => {
    await start();
    const { ada, guest, outsider } = edge.slack.people;
    expect(await Promise.all([ada, guest, outsider].map(isAdmin))).toEqual([true, false, false]);
  });

  test('is who is named', async () => {
    await start(['U0BOSS0001']);
    expect(await Promise.all([edge.slack.people.boss, edge.slack.people.ada].map(isAdmin))).toEqual([true, false]);
  });

  test('is who sits in a named channel, however many do', async () => {
    await start(['C0HELPDESK1']);
    const { grace, ada } = edge.slack.people;
    const crowd = Array.from({ length: 450 }, () => edge.slack.addUser());
    for (const user of crowd) edge.slack.channels.admins.members.add(user.id);
    expect(await Promise.all([grace, ada, crowd.at(-1)!].map(isAdmin))).toEqual([true, false, true]);
    expect(edge.slack.callsOf('conversations.members').length).toBeGreaterThan(1);
  });

  test('is who is in a named user group', async () => {
    const admins: string[] = [];
    await start(admins);
    const { alan, ada } = edge.slack.people;
    admins.push(edge.slack.addUserGroup({ handle: 'aws-admins', users: [alan] }).id);
    expect(await Promise.all([alan, ada].map(isAdmin))).toEqual([true, false]);
  });

  test('is never a guest, in whatever list or channel they are', async () => {
    await start(['C0HELPDESK1']);
    const { guest } = edge.slack.people;
    edge.slack.channels.admins.members.add(guest.id);
    expect(await isAdmin(guest)).toBe(false);
  });

  test('is nobody whom Slack cannot be asked about; who was one stays one', async () => {
    await start(['C0HELPDESK1']);
    const { grace } = edge.slack.people;
    edge.slack.fail('conversations.members', { status: 503 });
    expect(await isAdmin(grace)).toBe(false);
    expect(await isAdmin(grace)).toBe(true);
    edge.slack.fail('conversations.members', { status: 503, times: Number.POSITIVE_INFINITY });
    expect(await isAdmin(grace)).toBe(true);
  });
});
