/** What of the environment concerns Slack, already checked. */
export interface SlackSettings {
  botToken: string;
  /** Needed for events over HTTP. */
  signingSecret: string | null;
  /** Present: Socket Mode. */
  appToken: string | null;
  apiUrl: string;
}
