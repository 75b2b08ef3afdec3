import type { Behaviour } from '../behaviour';
import { admins } from './admins';
import { both } from './both';
import { channels } from './channels';
import { commands } from './commands';
import { crash } from './crash';
import { deskCommands } from './desk-commands';
import { edits } from './edits';
import { files } from './files';
import { firstContact } from './first-contact';
import { forged } from './forged';
import { guests } from './guests';
import { handOver } from './hand-over';
import { home } from './home';
import { hostile } from './hostile';
import { identity } from './identity';
import { liveMessage } from './live-message';
import { news } from './news';
import { plainText } from './plain-text';
import { presses } from './presses';
import { privacy } from './privacy';
import { privateChat } from './private-chat';
import { rateLimits } from './rate-limits';
import { relay } from './relay';
import { secrets } from './secrets';
import { sentTwice } from './sent-twice';
import { steps } from './steps';
import { trouble } from './trouble';

/** Everything the bot does on Slack and on Teams, in the order of the page. */
export const behaviours: readonly Behaviour[] = [
  ...firstContact,
  ...privateChat,
  ...steps,
  ...liveMessage,
  ...presses,
  ...edits,
  ...files,
  ...channels,
  ...privacy,
  ...guests,
  ...handOver,
  ...admins,
  ...identity,
  ...relay,
  ...deskCommands,
  ...news,
  ...secrets,
  ...hostile,
  ...home,
  ...commands,
  ...plainText,
  ...sentTwice,
  ...crash,
  ...trouble,
  ...rateLimits,
  ...forged,
  ...both,
];
