import { play } from '../../fakes/teams/run';
import { card, cardMessage, execute, teamsWithBot } from './teams-set-up';

test('lines are said, buttons pressed, and what the bot says is printed', async () => {
  const { teams } = await teamsWithBot(async (context) => {
    const { type, text, value } = context.activity;
    if (type === 'invoke')
      return context.sendActivity({
        type: 'invokeResponse',
        value: {
          status: 200,
          body: {
            statusCode: 200,
            type: 'application/vnd.microsoft.card.adaptive',
            value: card({}, `because ${value.action.data.why}`),
          },
        },
      });
    if (text?.includes('bad')) return context.sendActivity('**bad**');
    const body = [
      { type: 'RichTextBlock', inlines: ['You said ', { type: 'TextRun', text: context.activity.from.name }] },
      { type: 'Input.Text', id: 'why', label: 'Why?' },
    ];
    return context.sendActivity(cardMessage(card({ body, actions: [execute('Claim it', 'claim')] })));
  });
  async function* lines(): AsyncGenerator<string> {
    yield 'hello';
    yield '/press Claim it why="I can"';
    yield '/press Gone';
    yield '/as Grace';
    yield '/channel';
    yield 'hello there';
    yield '/edit hello again';
    yield 'bad';
    yield '/quit';
    yield 'never said';
  }
  const printed: string[] = [];
  await play(teams, lines(), (line) => printed.push(line));
  const text = printed.join('\n');
  expect(text).toContain('bot: You said Ada Lovelace\n    Why?\n    [Claim it]');
  expect(text).toContain('bot: because I can');
  expect(text).toContain('! there is no button “Gone”; there is none at all');
  expect(text).toContain('bot: You said Grace Hopper');
  expect(text).toMatch(/! reply in channel “AWS help”: text would be read as Markdown/);
  expect(text).not.toContain('never said');
});
