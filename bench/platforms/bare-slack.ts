import type { AddressInfo } from 'node:net';
import { App } from '@slack/bolt';

/** What Bolt does by itself: an echo that records nothing. The measure for the whole bot's throughput in Slack. */
async function main(): Promise<void> {
  const { SLACK_BOT_TOKEN: token = '', SLACK_SIGNING_SECRET: signingSecret = '', SLACK_API_URL = '' } = process.env;
  const app = new App({ token, signingSecret, clientOptions: { slackApiUrl: SLACK_API_URL } });
  app.message(async ({ message, say }) => {
    await say('text' in message ? (message.text ?? '') : '');
  });
  const server = await app.start({ port: 0, host: '127.0.0.1' });
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}/\n`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
