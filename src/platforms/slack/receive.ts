import type { App } from '@slack/bolt';
import type { Listen } from './bolt-app';
import { WORDS_MODAL } from './modals';
import {
  blockAction,
  homeOpenedEvent,
  mentionEvent,
  messageEvent,
  messageShortcut,
  slashCommand,
  tokenEvent,
  viewSubmission,
} from './payloads';
import { onCommand, onHomeOpened, onMention, onMessage, onShortcut } from './receive-messages';
import { onPress, onWords } from './receive-presses';
import type { ReceiveParts } from './record';

/** Everything Slack may tell us; whatever is not named here is ignored, logged and counted. */
export function registerListeners(app: App, listen: Listen, parts: ReceiveParts): void {
  app.event(
    'message',
    listen(messageEvent, (payload) => onMessage(parts, payload)),
  );
  app.event(
    'app_mention',
    listen(mentionEvent, (payload) => onMention(parts, payload)),
  );
  app.event(
    'app_home_opened',
    listen(homeOpenedEvent, (payload) => onHomeOpened(parts, payload)),
  );
  app.command(
    '/aws-help',
    listen(slashCommand, (payload) => onCommand(parts, payload)),
  );
  app.shortcut(
    'help_with_this',
    listen(messageShortcut, (payload, respond) => onShortcut(parts, payload, respond)),
  );
  app.action(
    /.*/s,
    listen(blockAction, (payload, respond) => onPress(parts, payload, respond)),
  );
  app.view(
    WORDS_MODAL,
    listen(viewSubmission, (payload) => onWords(parts, payload)),
  );
  const onTokenGone = listen(tokenEvent, async () => {
    parts.background.run('ask about the token', () => parts.credentials.proveAgain());
    return undefined;
  });
  app.event('tokens_revoked', onTokenGone);
  app.event('app_uninstalled', onTokenGone);
}
