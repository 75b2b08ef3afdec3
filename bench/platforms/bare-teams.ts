import { createServer } from 'node:http';
import { CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import express from 'express';
import { listening } from './peer';

type CredentialsFactory = NonNullable<ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>[1]>;

/** The SDK's own classes ask the public cloud for a token; this one has it already, which is as fast as can be. */
const credentials = (appId: string): CredentialsFactory => ({
  isValidAppId: async (id) => id === appId,
  isAuthenticationDisabled: async () => false,
  createCredentials: async () => ({
    async signRequest(request) {
      request.headers.set('authorization', 'Bearer a.token.nobody-checks');
      return request;
    },
  }),
});

/** What botbuilder does by itself: an echo that records nothing. The measure for the whole bot's throughput in Teams. */
async function main(): Promise<void> {
  const { TEAMS_APP_ID = '', TEAMS_TENANT_ID = '', TEAMS_LOGIN_URL = '' } = process.env;
  const { TEAMS_OAUTH_SCOPE = '', TEAMS_TOKEN_ISSUER = '', TEAMS_OPENID_METADATA_URL = '' } = process.env;
  const authentication = new ConfigurationBotFrameworkAuthentication(
    {
      MicrosoftAppId: TEAMS_APP_ID,
      MicrosoftAppType: 'SingleTenant',
      MicrosoftAppTenantId: TEAMS_TENANT_ID,
      ToChannelFromBotLoginUrl: TEAMS_LOGIN_URL,
      ToChannelFromBotOAuthScope: TEAMS_OAUTH_SCOPE,
      ToBotFromChannelTokenIssuer: TEAMS_TOKEN_ISSUER,
      OAuthUrl: TEAMS_LOGIN_URL,
      ToBotFromChannelOpenIdMetadataUrl: TEAMS_OPENID_METADATA_URL,
      ToBotFromEmulatorOpenIdMetadataUrl: TEAMS_OPENID_METADATA_URL,
      CallerId: 'urn:botframework:azure',
    },
    credentials(TEAMS_APP_ID),
  );
  const adapter = new CloudAdapter(authentication);
  const app = express();
  app.post('/api/messages', express.json(), async (request, response) => {
    await adapter.process(request, response, async (context) => {
      await context.sendActivity(context.activity.text);
    });
  });
  const port = await listening(createServer(app));
  process.stdout.write(`http://127.0.0.1:${port}/\n`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
