import type { TeamsSettings } from './settings';

/** Where one of Microsoft's clouds signs, asks for tokens, and expects to be called. */
export interface Cloud {
  /** Endpoint for tokens of our own. */
  tokenUrl: string;
  scope: string;
  /** Who signs what we receive, and where the keys are published. */
  issuer: string;
  metadataUrl: string;
}

const publicCloud = {
  loginUrl: 'https://login.microsoftonline.com',
  scope: 'https://api.botframework.com',
  issuer: 'https://api.botframework.com',
  metadataUrl: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
};

/** Apps that are registered for many tenants ask the Bot Framework's own tenant; the US government's is another. */
const sharedTenant = (loginHost: string): string =>
  loginHost === 'login.microsoftonline.us' ? 'MicrosoftServices.onmicrosoft.us' : 'botframework.com';

/** The public cloud, or what the settings name instead of each of its parts. */
export function cloudOf(settings: TeamsSettings): Cloud {
  const loginUrl = (settings.loginUrl ?? publicCloud.loginUrl).replace(/\/+$/, '');
  const tenant = settings.tenantId ?? sharedTenant(new URL(loginUrl).hostname);
  const scope = settings.oauthScope ?? publicCloud.scope;
  return {
    tokenUrl: `${loginUrl}/${encodeURIComponent(tenant)}/oauth2/v2.0/token`,
    scope: scope.replace(/\/\.default$/, ''),
    issuer: settings.tokenIssuer ?? publicCloud.issuer,
    metadataUrl: settings.openIdMetadataUrl ?? publicCloud.metadataUrl,
  };
}
