/** What of the environment concerns Teams, already checked. */
export interface TeamsSettings {
  /** Empty in anonymous mode. */
  appId: string;
  appPassword: string;
  /** Null: the bot is registered for many tenants. */
  tenantId: string | null;
  /** Serves a local emulator without tokens. */
  anonymous: boolean;
  /** This and the next three: null for the public cloud's own. */
  loginUrl: string | null;
  openIdMetadataUrl: string | null;
  tokenIssuer: string | null;
  oauthScope: string | null;
  /** Hosts, besides Microsoft's own, that may be sent a token. */
  serviceHosts: string[];
}
