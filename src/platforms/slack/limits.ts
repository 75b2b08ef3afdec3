/** What Slack takes, as published for Block Kit; beyond it a call is refused or its text is cut. */

export const MESSAGE_BLOCKS = 50;
/** Of a modal or a home view. */
export const VIEW_BLOCKS = 100;
/** Of one text in a block. */
export const BLOCK_TEXT = 3_000;
export const HEADER = 150;
export const BUTTONS_IN_A_BLOCK = 25;
export const LABEL = 75;
export const URL_LENGTH = 3_000;
export const MODAL_TITLE = 24;
/** Of one menu. */
export const OPTIONS = 100;

/** Of the plain form beside the blocks: `chat.update` refuses more (`chat.postMessage` would take ten times that). */
export const PLAIN_TEXT = 4_000;

/**
 * All blocks of a message together. Published nowhere; people met `msg_blocks_too_long` at about 13,200 characters,
 * with rich text somewhat earlier, because Slack counts its own form of the blocks (slackapi/bolt-js#2509 and #2867).
 */
export const MESSAGE_SIZE = 12_000;
/** What Slack adds to a block in its own form: an id and the like. */
export const SIZE_PER_BLOCK = 60;

/** Where rich text goes on in the next block, so that a message can be parted between blocks. */
export const BLOCK_SIZE = 4_000;

/** What an administrator may write into a modal. */
export const INPUT = 2_000;

/** The longest text a person can send. */
export const INCOMING_TEXT = 40_000;

/** Largest body of a request; interactions carry the whole message along. */
export const BODY = '1mb';

/** Any call to Slack. */
export const CALL_MS = 10_000;
/** The proof of the credentials: the port opens only after it, and the other platform's people wait for that. */
export const PROOF_MS = 4_000;
/** A look at the directory, on which a turn waits, or a modal, whose trigger lives for 3 s. */
export const LOOK_MS = 2_000;

/** Slack lets about one message a second into a channel, and forgives a short burst. */
export const POSTS = { points: 8, duration: 8 };
