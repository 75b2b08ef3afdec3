import { awsSupport } from './aws-support';
import type { Check } from './check';
import { clock } from './clock';
import { content } from './content';
import { dataFolder } from './data-folder';
import { database } from './database';
import { mail } from './mail';
import { onCall } from './on-call';
import { openDesk } from './open-desk';
import { organization } from './organization';
import { port } from './port';
import { publicAddress } from './public-address';
import { routes } from './routes';
import { settings } from './settings';
import { slackEvents } from './slack-events';
import { slackPlaces } from './slack-places';
import { slackSettings } from './slack-settings';
import { slackSocket } from './slack-socket';
import { slackToken } from './slack-token';
import { store } from './store';
import { teamsEndpoint } from './teams-endpoint';
import { teamsKeys } from './teams-keys';
import { teamsPlaces } from './teams-places';
import { teamsSettings } from './teams-settings';
import { teamsSignIn } from './teams-sign-in';
import { webSignIn } from './web-sign-in';
import { webhooks } from './webhooks';

/** Every check, in the order in which its findings are best mended. */
export const checks: readonly Check[] = [
  settings,
  content,
  organization,
  dataFolder,
  store,
  database,
  port,
  publicAddress,
  openDesk,
  webSignIn,
  slackSettings,
  slackToken,
  slackSocket,
  slackEvents,
  slackPlaces,
  teamsSettings,
  teamsSignIn,
  teamsKeys,
  teamsEndpoint,
  teamsPlaces,
  mail,
  webhooks,
  awsSupport,
  routes,
  onCall,
  // Last: it goes by the answers that the others got.
  clock,
];
