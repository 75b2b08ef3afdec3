import { startTeams, type TeamsEdge } from '../../builders/teams';
import { type Channel, fault, type Person } from '../../fakes/teams/teams';

jest.setTimeout(30_000);

let edge: TeamsEdge;
beforeAll(async () => {
  edge = await startTeams();
});
afterAll(() => edge.stop());
afterEach(() => expect(edge.teams.violations).toEqual([]));

/** Somebody who mentions the bot in a place, as the edge hears of them. */
async function heard(at: TeamsEdge, person: Person, channel: Channel) {
  await at.teams.mentions(person, channel, 'hello');
  return at.received.at(-1)!;
}

describe('who belongs to the company', () => {
  const looks = async (details: Partial<Person>, shared = false) => {
    const { teams } = edge;
    const person = teams.person('Somebody', details);
    const channel = shared
      ? teams.channel(teams.team('Ops', []), 'Shared', { shared: [person] })
      : teams.channel(teams.team('Ops', [person]), 'Help');
    const incoming = await heard(edge, person, channel);
    return edge.platform.directory.look(incoming.person, incoming.address!);
  };

  it.each<[string, Partial<Person>, boolean]>([
    ['a colleague', {}, true],
    ['a guest', { userRole: 'guest' }, false],
    ['a guest by address alone', { userPrincipalName: 'x_y#EXT#@corp.onmicrosoft.example' }, false],
    ['somebody without an account', { userRole: 'anonymous' }, false],
  ])('%s', async (_name, details, member) => {
    expect(await looks(details)).toMatchObject({ member });
  });

  it('nobody from another tenant, in a channel that is shared with them', async () => {
    expect(await looks({ tenantId: 'partner-tenant' }, true)).toMatchObject({ member: false });
    expect(await looks({}, true)).toMatchObject({ member: true });
  });

  it('is asked once', async () => {
    const { teams } = edge;
    const ada = teams.person('Ada');
    const { person, address } = await heard(edge, ada, teams.channel(teams.team('Ops', [ada]), 'Help'));
    const asked = () => teams.calls.filter(({ route }) => route === 'member').length;
    const before = asked();
    await edge.platform.directory.look(person, address!);
    await edge.platform.directory.look(person, address!);
    expect(asked() - before).toBe(1);
  });

  it.each([fault.serverError(), fault.droppedBefore(), fault.conversationNotFound(), fault.throttled(30)])(
    'is taken as the message said where Teams does not tell: %#',
    async (what) => {
      const { teams } = edge;
      const ada = teams.person('Ada');
      const { person, address } = await heard(edge, ada, teams.channel(teams.team('Ops', [ada]), 'Help'));
      const failing = teams.fails('member', what);
      expect(await edge.platform.directory.look(person, address!)).toEqual(person);
      failing.lift();
    },
  );

  it('does not wait for ever, and needs no address', async () => {
    const { teams } = edge;
    const ada = teams.person('Ada');
    const { person, address } = await heard(edge, ada, teams.channel(teams.team('Ops', [ada]), 'Help'));
    const hanging = teams.fails('member', fault.hang());
    expect(await edge.platform.directory.look(person, address!)).toEqual(person);
    hanging.lift();
    expect(await edge.platform.directory.look(person, null)).toEqual(person);
    expect(await edge.platform.directory.look(person, { strange: 1 })).toEqual(person);
  });
});

describe('who may act on tickets', () => {
  const member = (person: Person) => ({ id: person.aadObjectId, name: person.name, member: true });

  it('everybody but guests where nobody is named', async () => {
    expect(await edge.platform.directory.isAdmin({ id: 'x', name: 'X', member: true })).toBe(true);
    expect(await edge.platform.directory.isAdmin({ id: 'x', name: 'X', member: false })).toBe(false);
  });

  it('nobody where the list is empty', async () => {
    const strict = await startTeams({ admins: [] });
    expect(await strict.platform.directory.isAdmin({ id: 'x', name: 'X', member: true })).toBe(false);
    await strict.stop();
  });

  it('persons by either id, and members of a channel’s team, but none of its guests', async () => {
    const admins: string[] = [];
    const strict = await startTeams({ admins });
    const { teams } = strict;
    const [byDirectory, byTeams, inTeam, other] = ['Dora', 'Tom', 'Ina', 'Otto'].map((name) => teams.person(name)) as [
      Person,
      Person,
      Person,
      Person,
    ];
    const guest = teams.person('Gast', { userRole: 'guest' });
    const team = teams.team('Admins', [inTeam, guest], { installed: false });
    const channel = teams.channel(team, 'AWS');
    admins.push(byDirectory.aadObjectId, byTeams.id, channel.id);
    await teams.installs(inTeam, team);
    const help = teams.channel(teams.team('Help', [byTeams, other, guest]), 'Help');
    for (const one of [byTeams, other, guest]) await heard(strict, one, help);
    const asked = await Promise.all(
      [byDirectory, byTeams, inTeam, other, guest].map((one) => strict.platform.directory.isAdmin(member(one))),
    );
    expect(asked).toEqual([true, true, true, false, false]);
    const calls = () => teams.calls.filter(({ route }) => route === 'pagedMembers').length;
    const before = calls();
    await strict.platform.directory.isAdmin(member(inTeam));
    expect(calls()).toBe(before);
    await strict.stop();
  });

  it('large teams are read to the end', async () => {
    const admins: string[] = [];
    const strict = await startTeams({ admins });
    const { teams } = strict;
    const crowd = Array.from({ length: 1_201 }, (_, index) => teams.person(`P${index}`));
    const team = teams.team('Everybody', crowd, { installed: false });
    admins.push(team.id);
    await teams.installs(crowd[0]!, team);
    expect(await strict.platform.directory.isAdmin(member(crowd[1_200]!))).toBe(true);
    await strict.stop();
  });

  it('nobody new while Teams does not tell', async () => {
    const strict = await startTeams({ admins: ['19:admins@thread.tacv2'] });
    expect(await strict.platform.directory.isAdmin({ id: 'x', name: 'X', member: true })).toBe(false);
    await strict.stop();
  });
});
