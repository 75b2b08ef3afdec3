import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, type AppOptions, ExpressReceiver, LogLevel, SocketModeReceiver, webApi } from '@slack/bolt';
import type { FakeSlack } from '../../fakes/slack/slack';

/** Bare bolt apps, to try the fake with: nothing of ours is in them. */

export interface Running {
  app: App;
  stop(): Promise<void>;
}

const silent = (): void => {};
const quiet = {
  logger: {
    debug: silent,
    info: silent,
    warn: silent,
    error: silent,
    setLevel: silent,
    setName: silent,
    getLevel: () => LogLevel.ERROR,
  },
};
const client = (slack: FakeSlack): NonNullable<AppOptions['clientOptions']> => ({
  slackApiUrl: slack.apiUrl,
  retryConfig: { retries: 0 },
  ...quiet,
});

export async function httpApp(slack: FakeSlack, listen: (app: App) => unknown): Promise<Running> {
  const receiver = new ExpressReceiver({ signingSecret: slack.signingSecret, ...quiet });
  const app = new App({
    receiver,
    token: slack.botToken,
    clientOptions: client(slack),
    deferInitialization: true,
    ...quiet,
  });
  listen(app);
  await app.init();
  const server = createServer(receiver.app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  slack.requestUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`;
  return {
    app,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export async function socketApp(
  slack: FakeSlack,
  listen: (app: App) => unknown,
  /** Bolt waits this long before it connects again, and for pongs. */
  clientPingTimeout = 400,
): Promise<Running> {
  const receiver = new SocketModeReceiver({
    appToken: slack.appToken,
    clientPingTimeout,
    installerOptions: { clientOptions: client(slack) },
    ...quiet,
  });
  const app = new App({
    receiver,
    token: slack.botToken,
    clientOptions: client(slack),
    deferInitialization: true,
    ...quiet,
  });
  listen(app);
  await app.init();
  await app.start();
  return { app, stop: async () => void (await app.stop()) };
}

/** A bare web client that tries once. */
export const webClient = (slack: FakeSlack, token = slack.botToken, timeout = 0): webApi.WebClient =>
  new webApi.WebClient(token, { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 }, timeout, ...quiet });

/** What a call was refused with. */
export async function refusal(call: Promise<unknown>): Promise<Record<string, unknown>> {
  try {
    await call;
  } catch (error) {
    if (error instanceof webApi.WebAPIPlatformError) return error.data as unknown as Record<string, unknown>;
    throw error;
  }
  throw new Error('the call went through');
}
