import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type Activity,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type ConversationReference,
  type TurnContext,
} from 'botbuilder';
import { AppCredentials, PasswordServiceClientCredentialFactory } from 'botframework-connector';
import express from 'express';

/** Asks the token endpoint of the settings, where botbuilder's own classes would ask login.microsoftonline.com. */
class SettingsCredentials extends AppCredentials {
  private readonly directory: string;
  constructor(
    private readonly settings: Record<string, string>,
    audience: string,
  ) {
    super(settings.TEAMS_APP_ID!, settings.TEAMS_TENANT_ID, audience);
    this.directory = settings.TEAMS_TENANT_ID ?? 'botframework.com';
  }
  protected override async refreshToken() {
    const answer = await fetch(`${this.settings.TEAMS_LOGIN_URL}/${this.directory}/oauth2/v2.0/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: this.appId,
        client_secret: this.settings.TEAMS_APP_PASSWORD!,
        scope: `${this.oAuthScope}/.default`,
      }),
    });
    const body = (await answer.json()) as { access_token: string; expires_in: number; error_description?: string };
    if (!answer.ok) throw new Error(body.error_description);
    return { accessToken: body.access_token, expiresOn: new Date(Date.now() + body.expires_in * 1000) };
  }
}

class SettingsCredentialsFactory extends PasswordServiceClientCredentialFactory {
  constructor(private readonly settings: Record<string, string>) {
    super(settings.TEAMS_APP_ID!, settings.TEAMS_APP_PASSWORD!, settings.TEAMS_TENANT_ID ?? '');
  }
  override async createCredentials(_appId: string, audience: string) {
    return new SettingsCredentials(this.settings, audience);
  }
}

/** A bot of nothing but botbuilder's real CloudAdapter: what the fake is proved with, and what ours is measured by. */
export class BareBot {
  /** Activities that passed the authentication. */
  readonly turns: Activity[] = [];
  /** What went wrong in a turn. */
  readonly errors: Error[] = [];

  private constructor(
    readonly adapter: CloudAdapter,
    readonly endpoint: string,
    private readonly settings: Record<string, string>,
    private readonly server: Server,
  ) {}

  static async start(
    settings: Record<string, string>,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<BareBot> {
    const authentication = new ConfigurationBotFrameworkAuthentication(
      {
        MicrosoftAppId: settings.TEAMS_APP_ID!,
        MicrosoftAppPassword: settings.TEAMS_APP_PASSWORD!,
        MicrosoftAppType: settings.TEAMS_TENANT_ID ? 'SingleTenant' : 'MultiTenant',
        ...(settings.TEAMS_TENANT_ID ? { MicrosoftAppTenantId: settings.TEAMS_TENANT_ID } : {}),
        ToChannelFromBotLoginUrl: `${settings.TEAMS_LOGIN_URL}/botframework.com`,
        ToChannelFromBotOAuthScope: settings.TEAMS_OAUTH_SCOPE!,
        ToBotFromChannelTokenIssuer: settings.TEAMS_TOKEN_ISSUER!,
        OAuthUrl: settings.TEAMS_LOGIN_URL!,
        ToBotFromChannelOpenIdMetadataUrl: settings.TEAMS_OPENID_METADATA_URL!,
        ToBotFromEmulatorOpenIdMetadataUrl: settings.TEAMS_OPENID_METADATA_URL!,
        CallerId: 'urn:botframework:azure',
      },
      new SettingsCredentialsFactory(settings),
    );
    const adapter = new CloudAdapter(authentication);
    const app = express();
    const server = createServer(app);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const bot = new BareBot(adapter, `http://127.0.0.1:${port}/api/messages`, settings, server);
    adapter.onTurnError = async (_context, error) => void bot.errors.push(error);
    app.post('/api/messages', express.json({ limit: '1mb' }), async (request, response) => {
      try {
        await adapter.process(request, response, async (context) => {
          bot.turns.push(context.activity);
          await logic(context);
        });
      } catch {
        if (!response.headersSent) response.status(400).end();
      }
    });
    return bot;
  }

  /** Speaks outside of a turn. */
  continues(reference: Partial<ConversationReference>, logic: (context: TurnContext) => Promise<void>): Promise<void> {
    return this.adapter.continueConversationAsync(this.settings.TEAMS_APP_ID!, reference, logic);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
