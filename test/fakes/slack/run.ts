/**
 * Slack without Slack: starts the fake, prints the settings the bot needs, and lets you be anybody in the workspace.
 *
 *   npx tsx test/fakes/slack/run.ts [--port 3999] [--http http://127.0.0.1:3978/slack/events]
 *
 * Without --http the bot is to connect by Socket Mode.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { Prompt } from './prompt';
import { FakeSlack } from './slack';

async function run(): Promise<void> {
  const { values } = parseArgs({ options: { port: { type: 'string', default: '3999' }, http: { type: 'string' } } });
  const manifest: unknown = parse(readFileSync(path.join(__dirname, '../../../manifests/slack.yaml'), 'utf8'));
  const slack = await FakeSlack.start({ port: Number(values.port), manifest });
  slack.requestUrl = values.http;
  const settings = {
    SLACK_API_URL: slack.apiUrl,
    SLACK_BOT_TOKEN: slack.botToken,
    ...(values.http ? { SLACK_SIGNING_SECRET: slack.signingSecret } : { SLACK_APP_TOKEN: slack.appToken }),
  };
  console.log('A Slack workspace for one bot. Start the bot in another terminal with:\n');
  for (const [name, value] of Object.entries(settings)) console.log(`  export ${name}=${value}`);
  console.log('\nThen write here; /help lists what else you can do.\n');

  const input = createInterface({ input: process.stdin, output: process.stdout, terminal: process.stdin.isTTY });
  const prompt = new Prompt(slack, (line) => {
    console.log(line);
  });
  const ask = (): void => {
    input.setPrompt(prompt.label);
    input.prompt();
  };
  ask();
  for await (const line of input) {
    await prompt.line(line);
    ask();
  }
  prompt.stop();
  await slack.stop();
}

run().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
