import { type Activity, MessageFactory, TeamsInfo, TurnContext } from 'botbuilder';
import type { ConnectorClient } from 'botframework-connector';
import { card, cardMessage, execute, teamsWithBot } from './teams-set-up';

const echo = (context: TurnContext): Promise<unknown> =>
  context.activity.type === 'message'
    ? context.sendActivity(`you said ${TurnContext.removeRecipientMention(context.activity)}`)
    : Promise.resolve();

const answerPress = (context: TurnContext, body: unknown): Promise<unknown> =>
  context.sendActivity({ type: 'invokeResponse', value: { status: 200, body } });

describe('messages', () => {
  test('a personal message is answered by the real adapter, with a real token', async () => {
    const { teams, bot, ada, chat } = await teamsWithBot(echo);
    const delivery = await teams.says(ada, chat, 'hello');
    expect(delivery).toMatchObject({ delivered: true, status: 200 });
    expect(teams.shown(chat).map(({ from, text }) => [from, text])).toEqual([
      ['Ada Lovelace', 'hello'],
      ['bot', 'you said hello'],
    ]);
    expect(bot.turns[0]).toMatchObject({
      channelId: 'msteams',
      from: { id: ada.id, aadObjectId: ada.aadObjectId },
      conversation: { conversationType: 'personal', tenantId: teams.tenantId, id: chat.id },
      channelData: { tenant: { id: teams.tenantId } },
      attachments: [{ contentType: 'text/html', content: '<p>hello</p>' }],
    });
    expect(teams.calls.map(({ route }) => route)).toEqual(['metadata', 'keys', 'token', 'reply']);
    expect(teams.violations).toEqual([]);
  });

  test('in a channel only a mention reaches the bot, and the answer stays in the thread', async () => {
    const { teams, bot, ada } = await teamsWithBot(echo);
    const channel = teams.channel(teams.team('Platform', [ada]), 'AWS');
    expect(await teams.says(ada, channel, 'just talking')).toMatchObject({ delivered: false, status: 0 });
    const asked = await teams.mentions(ada, channel, 'help');
    expect(asked.place.id).toBe(`${channel.id};messageid=${asked.activity.id}`);
    expect(bot.turns).toHaveLength(1);
    expect(asked.activity.text).toBe('<at>Helpdesk</at> help\n');
    expect(bot.turns[0]).toMatchObject({
      text: 'help',
      channelData: { channel: { id: channel.id }, team: { id: channel.team.id } },
    });
    expect(teams.lastFromBot(asked.place)).toMatchObject({ rootId: asked.activity.id });

    const more = await teams.mentions(ada, channel, 'more', { thread: teams.thread(channel, asked.activity.id) });
    expect(more.place.id).toBe(asked.place.id);
    expect(teams.shown(asked.place)).toHaveLength(4);
    expect(teams.shown(channel)).toHaveLength(5);
    expect(teams.violations).toEqual([]);
  });

  test('nothing is delivered from where the app is not installed; installing and removing it is told', async () => {
    const { teams, bot, ada } = await teamsWithBot(echo);
    const team = teams.team('Platform', [ada], { installed: false });
    expect(await teams.mentions(ada, team.channels[0]!, 'help')).toMatchObject({ delivered: false });
    expect(await teams.installs(ada, team)).toMatchObject([{ status: 200 }, { status: 200 }]);
    expect(await teams.mentions(ada, team.channels[0]!, 'help')).toMatchObject({ delivered: true });
    expect(await teams.uninstalls(ada, team)).toMatchObject([{ status: 200 }, { status: 200 }]);
    expect(bot.turns.map(({ type, action }) => action ?? type)).toEqual([
      'conversationUpdate',
      'add',
      'message',
      'conversationUpdate',
      'remove',
    ]);
    expect(bot.turns[0]).toMatchObject({
      membersAdded: [{ id: teams.bot.id }],
      channelData: { eventType: 'teamMemberAdded', team: { aadGroupId: team.aadGroupId } },
    });
  });

  test('edits, deletions and reactions have the shapes of Teams', async () => {
    const { teams, bot, ada, chat } = await teamsWithBot(echo);
    const { activity } = await teams.says(ada, chat, 'helo');
    await teams.edits(ada, activity.id, 'hello');
    await teams.reacts(ada, teams.lastFromBot(chat)!.id);
    await teams.deletes(ada, activity.id);
    expect(bot.turns.slice(1)).toMatchObject([
      { type: 'messageUpdate', id: activity.id, text: 'hello', channelData: { eventType: 'editMessage' } },
      { type: 'messageReaction', reactionsAdded: [{ type: 'like' }] },
      { type: 'messageDelete', id: activity.id, channelData: { eventType: 'softDeleteMessage' } },
    ]);
    expect(teams.shown(chat)[0]).toMatchObject({ text: '', edited: true, deleted: true });
  });

  test('files and pictures come as attachments, with the typed words beside them', async () => {
    const { teams, bot, ada, chat } = await teamsWithBot();
    await teams.sharesFile(ada, chat, { name: 'log.txt', text: 'see' });
    await teams.sharesFile(ada, chat, { name: 'shot.png', image: true });
    expect(bot.turns).toMatchObject([
      { text: 'see', attachments: [{ contentType: 'application/vnd.microsoft.teams.file.download.info' }, {}] },
      { text: '', attachments: [{ contentType: 'image/*' }, { contentType: 'text/html' }] },
    ]);
  });

  test('joining and leaving are told, and so are events and invokes that bots need not know', async () => {
    const { teams, bot, ada } = await teamsWithBot(async (context) => {
      if (context.activity.type === 'invoke')
        await context.sendActivity({ type: 'invokeResponse', value: { status: 501 } });
    });
    const bob = teams.person('Bob', { userRole: 'anonymous' });
    const group = teams.groupChat([ada]);
    await expect(teams.mentions(bob, group, 'hello')).rejects.toThrow('Bob is not in Group');
    await teams.joins(bob, group);
    await teams.mentions(bob, group, 'hello');
    await teams.leaves(bob, group);
    await teams.sendsEvent(ada, group, 'application/vnd.microsoft.meetingStart', { MeetingType: 'Scheduled' });
    expect(await teams.invokes(ada, group, 'composeExtension/query', { commandId: 'x' })).toMatchObject({
      status: 501,
    });
    expect(bot.turns.map(({ type, name }) => name ?? type)).toEqual([
      'conversationUpdate',
      'message',
      'conversationUpdate',
      'application/vnd.microsoft.meetingStart',
      'composeExtension/query',
    ]);
    expect(bot.turns[0]).toMatchObject({ membersAdded: [{ id: bob.id }], conversation: { isGroup: true } });
    expect(bot.turns[1]!.from).toEqual({ id: bob.id, name: 'Bob' });
    expect(bot.turns[2]).toMatchObject({ membersRemoved: [{ id: bob.id }] });
  });

  test('a message can be sent again, under the same id and under a new one', async () => {
    const { teams, bot, ada, chat } = await teamsWithBot(async () => undefined, { deliveryLimitMs: 5_000 });
    const first = await teams.says(ada, chat, 'hello');
    await teams.resends(first);
    await teams.resends(first, 'new-id');
    const ids = bot.turns.map(({ id }) => id);
    expect(ids[1]).toBe(ids[0]);
    expect(ids[2]).not.toBe(ids[0]);
    expect(bot.turns[2]!.text).toBe('hello');
  });

  test('a bot that does not answer in time has failed', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { teams, ada, chat } = await teamsWithBot(() => held, { deliveryLimitMs: 100 });
    expect(await teams.says(ada, chat, 'hello')).toMatchObject({ delivered: true, status: 0, failure: 'timeout' });
    release();
  });
});

describe('outside of a turn', () => {
  test('a stored reference is enough for a personal chat, a thread, and a new thread', async () => {
    const { teams, bot, ada, chat } = await teamsWithBot();
    await teams.says(ada, chat, 'hello');
    await bot.continues(TurnContext.getConversationReference(bot.turns[0]!), async (context) => {
      await context.sendActivity({ type: 'typing' });
      expect(teams.isTypingIn(chat)).toBe(true);
      await context.sendActivity('news for you');
    });
    expect(teams.isTypingIn(chat)).toBe(false);
    expect(teams.lastFromBot(chat)?.text).toBe('news for you');

    const channel = teams.channel(teams.team('Platform', [ada]), 'AWS');
    const asked = await teams.mentions(ada, channel, 'hello');
    await bot.continues(TurnContext.getConversationReference(bot.turns[1]!), async (context) => {
      await context.sendActivity('news for the thread');
      await TeamsInfo.sendMessageToTeamsChannel(
        context,
        MessageFactory.text('a new thread') as Activity,
        channel.id,
        teams.appId,
      );
    });
    expect(teams.lastFromBot(asked.place)?.text).toBe('news for the thread');
    const begun = teams.lastFromBot(channel)!;
    expect(begun).toMatchObject({ text: 'a new thread', conversation: `${channel.id};messageid=${begun.id}` });
    expect(teams.violations).toEqual([]);
  });

  test('a personal chat is begun by id and tenant, where the app is installed', async () => {
    const { teams, bot, ada, chat } = await teamsWithBot();
    const bob = teams.person('Bob');
    teams.personalChat(bob, { installed: false });
    const begins = (member: { id: string }, tenantId = teams.tenantId): Promise<unknown> =>
      bot.adapter.createConversationAsync(
        teams.appId,
        'msteams',
        teams.serviceUrl,
        teams.issuer,
        {
          members: [{ name: '', ...member }],
          tenantId,
          bot: { id: teams.bot.id, name: '' },
          isGroup: false,
          activity: undefined as never,
          channelData: { tenant: { id: tenantId } },
        },
        async (context) => void (await context.sendActivity('hello')),
      );
    await begins({ id: ada.aadObjectId });
    expect(teams.lastFromBot(chat)?.text).toBe('hello');
    await expect(begins({ id: bob.id })).rejects.toMatchObject({ statusCode: 403 });
    expect(teams.violations).toEqual([]);
    await expect(begins({ id: ada.email })).rejects.toMatchObject({ statusCode: 400 });
    expect(teams.violations).toEqual([expect.stringContaining('nobody has the id “ada.lovelace@corp.example”')]);
  });

  test('members, teams and channels can be looked up', async () => {
    const seen: unknown[] = [];
    const { teams, ada } = await teamsWithBot(async (context) => {
      const { conversations } = context.turnState.get<ConnectorClient>(context.adapter.ConnectorClientKey);
      const { conversation, from } = context.activity;
      seen.push(await conversations.getConversationMember(conversation.id, from.id));
      // It asks for members of the team, where a person of the shared channel is none.
      seen.push(await TeamsInfo.getMember(context, from.id).catch((error: { statusCode: number }) => error.statusCode));
      seen.push(await TeamsInfo.getTeamDetails(context));
      seen.push(await TeamsInfo.getTeamChannels(context));
      const first = await TeamsInfo.getPagedMembers(context, 50);
      const second = await TeamsInfo.getPagedMembers(context, 50, first.continuationToken);
      seen.push([first.members.length, second.members.length, second.continuationToken]);
    });
    const partner = teams.person('Pat', { tenantId: 'other-tenant' });
    const guest = teams.person('Gil', { userRole: 'guest' });
    const others = Array.from({ length: 58 }, (_, index) => teams.person(`Person ${index}`));
    const team = teams.team('Platform', [ada, guest, ...others]);
    const shared = teams.channel(team, 'With partner', { shared: [partner] });
    await teams.mentions(partner, shared, 'hello');
    expect(seen).toMatchObject([
      { id: partner.id, tenantId: 'other-tenant', userRole: 'user', email: 'pat@partner.example' },
      404,
      { id: team.id, name: 'Platform', aadGroupId: team.aadGroupId, memberCount: 60, channelCount: 2 },
      [{ id: team.id }, { id: shared.id, name: 'With partner' }],
      [50, 10, undefined],
    ]);
    expect(guest.userPrincipalName).toContain('#EXT#');
    expect(teams.violations).toEqual([]);
  });
});

describe('cards', () => {
  const form = card({
    body: [{ type: 'Input.Text', id: 'why', label: 'Why', isRequired: true, maxLength: 10, errorMessage: 'Say why' }],
    actions: [execute('Claim', 'claim', { ticket: 7 })],
  });

  test('a press brings data and inputs; the card that comes back is seen by who pressed, an update by all', async () => {
    const { teams, bot, ada } = await teamsWithBot(async (context) => {
      if (context.activity.type === 'message') return context.sendActivity(cardMessage(form));
      return answerPress(context, {
        statusCode: 200,
        type: 'application/vnd.microsoft.card.adaptive',
        value: card({}, 'Claimed'),
      });
    });
    const bob = teams.person('Bob');
    const group = teams.groupChat([ada, bob]);
    await teams.mentions(ada, group, 'show it');
    const shown = teams.lastFromBot(group)!;
    expect(shown.buttons).toEqual(['Claim']);

    const pressed = await teams.presses(ada, shown.id, 'claim', { why: 'mine' });
    expect(pressed).toMatchObject({ status: 200, card: { body: [{ text: 'Claimed' }] } });
    expect(bot.turns[1]).toMatchObject({
      type: 'invoke',
      name: 'adaptiveCard/action',
      replyToId: shown.id,
      value: {
        trigger: 'manual',
        action: { type: 'Action.Execute', title: 'Claim', verb: 'claim', data: { ticket: 7, why: 'mine' } },
      },
    });
    expect(teams.lastFromBot(group, { as: ada })?.buttons).toEqual([]);
    expect(teams.lastFromBot(group, { as: bob })?.buttons).toEqual(['Claim']);
    await expect(teams.presses(ada, shown.id, 'Claim')).rejects.toThrow('no button “Claim”; there is none at all');

    await bot.continues(TurnContext.getConversationReference(bot.turns[0]!), async (context) => {
      await context.updateActivity({ ...cardMessage(card({}, 'Closed')), id: shown.id });
    });
    for (const as of [ada, bob])
      expect(teams.lastFromBot(group, { as })).toMatchObject({ edited: true, card: { body: [{ text: 'Closed' }] } });
    expect(teams.violations).toEqual([]);

    await teams.pressesAgain(pressed);
    expect(bot.turns.at(-1)).toMatchObject({ type: 'invoke', value: { action: { data: { why: 'mine' } } } });
    expect(bot.turns.at(-1)!.id).not.toBe(bot.turns[1]!.id);
  });

  test('inputs are checked as clients check them', async () => {
    const { teams, ada, chat } = await teamsWithBot((context) => context.sendActivity(cardMessage(form)));
    await teams.says(ada, chat, 'show it');
    const { id } = teams.lastFromBot(chat)!;
    await expect(teams.presses(ada, id, 'Claim')).rejects.toThrow('“why” must be filled in');
    await expect(teams.presses(ada, id, 'Claim', { why: 'x'.repeat(11) })).rejects.toThrow('10 characters at most');
    await expect(teams.presses(ada, id, 'Claim', { why: 'x', who: 'y' })).rejects.toThrow('no input “who”');
    await expect(teams.presses(teams.person('Eve'), id, 'Claim')).rejects.toThrow('Eve is not in');
  });

  test('a client without Action.Execute sends the fallback as a message', async () => {
    const { teams, bot, ada, chat } = await teamsWithBot((context) =>
      context.activity.text ? context.sendActivity(cardMessage(form)) : Promise.resolve(),
    );
    await teams.says(ada, chat, 'show it');
    const { id } = teams.lastFromBot(chat)!;
    await teams.submits(ada, id, 'Claim', { why: 'mine' });
    expect(bot.turns[1]).toMatchObject({
      type: 'message',
      replyToId: id,
      value: { ticket: 7, verb: 'claim', why: 'mine' },
    });
    expect(bot.turns[1]!.text).toBeUndefined();
  });

  test('messages and refusals are shown; nonsense and failures are something that went wrong', async () => {
    const answers: unknown[] = [
      { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'Done' },
      { statusCode: 403, type: 'application/vnd.microsoft.error', value: { code: 'Forbidden', message: 'Not yours' } },
      { done: true },
      undefined,
      { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card({ version: '1.6' }) },
    ];
    const { teams, ada, chat } = await teamsWithBot(async (context) => {
      if (context.activity.type === 'message')
        return context.sendActivity(cardMessage(card({ actions: [execute('Go', 'go')] })));
      const answer = answers.shift();
      return answer
        ? answerPress(context, answer)
        : context.sendActivity({ type: 'invokeResponse', value: { status: 500 } });
    });
    await teams.says(ada, chat, 'show it');
    const { id } = teams.lastFromBot(chat)!;
    expect(await teams.presses(ada, id, 'Go')).toMatchObject({ message: 'Done' });
    expect(await teams.presses(ada, id, 'Go')).toMatchObject({ error: 'Not yours' });
    expect(teams.violations).toEqual([]);
    const wrong = 'Something went wrong. Please try again.';
    expect(await teams.presses(ada, id, 'Go')).toMatchObject({ status: 200, error: wrong });
    expect(teams.violations.splice(0)).toEqual([expect.stringContaining('answer to a press')]);
    expect(await teams.presses(ada, id, 'Go')).toMatchObject({ status: 500, error: wrong });
    expect(teams.violations).toEqual([]);
    await teams.presses(ada, id, 'Go');
    expect(teams.violations).toEqual([expect.stringContaining('version 1.6 is newer')]);
  });

  test('a card refreshes for those it names', async () => {
    let refreshing = card();
    const { teams, bot, ada, chat } = await teamsWithBot(async (context) => {
      if (context.activity.type === 'message') return context.sendActivity(cardMessage(refreshing));
      return answerPress(context, {
        statusCode: 200,
        type: 'application/vnd.microsoft.card.adaptive',
        value: card({}, 'New'),
      });
    });
    refreshing = card({
      refresh: { action: { type: 'Action.Execute', verb: 'refresh', data: {} }, userIds: [ada.id] },
    });
    await teams.says(ada, chat, 'show it');
    const { id } = teams.lastFromBot(chat)!;
    expect(await teams.refreshes(ada, id)).toMatchObject({ card: { body: [{ text: 'New' }] } });
    expect(bot.turns[1]).toMatchObject({ value: { trigger: 'automatic', action: { verb: 'refresh' } } });
    expect(teams.violations).toEqual([]);
  });
});

describe('waiting', () => {
  test('until hands back what it waited for, whoever brings it about', async () => {
    const { teams, ada, chat } = await teamsWithBot(echo);
    const waiting = teams.until(() => teams.lastFromBot(chat));
    await teams.says(ada, chat, 'hello');
    expect((await waiting).text).toBe('you said hello');
  });

  test('until tells what was seen when it waited in vain', async () => {
    const { teams, ada, chat } = await teamsWithBot(echo, { patienceMs: 300 });
    await teams.says(ada, chat, 'hello');
    const vain = teams.until(() => expect(teams.shown(chat)).toHaveLength(3), 'a third message');
    await expect(vain).rejects.toThrow(
      /in vain for a third message[\s\S]*toHaveLength[\s\S]*POST .*→ 201[\s\S]*you said hello/,
    );
  });
});
