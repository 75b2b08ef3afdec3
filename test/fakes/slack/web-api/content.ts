import { messageBlockFaults, textFaultsIn, tooLong } from '../block-kit';
import { mrkdwnFaults } from '../mrkdwn';
import type { Json } from '../types';
import { withIds } from '../view-store';
import type { World } from '../world';
import { fromJson, Refusal } from './method';

/** What a message may hold, wherever it comes from: a call, a response address, the ack of a command. */

export const longestText = 40_000;
/** chat.update takes less than chat.postMessage does. */
export const longestUpdate = 4_000;

export interface Given {
  text?: string | undefined;
  blocks?: unknown;
  parse?: string | undefined;
  link_names?: boolean | undefined;
}

export interface Content {
  text: string;
  /** undefined when none were given; empty when they are to go. */
  blocks: Json[] | undefined;
}

interface Rules {
  maxText?: number;
  /** The undocumented total holds for the chat methods only. */
  total?: boolean;
}

export const invalidBlocks = (faults: string[], error = 'invalid_blocks'): Refusal =>
  new Refusal(
    error,
    { errors: faults, response_metadata: { messages: faults.map((it) => `[ERROR] ${it}`) } },
    `${error}: ${faults.join('; ')}`,
  );

/** Refuses as Slack does; records what Slack takes but nobody should send. */
export function checked(
  world: World,
  method: string,
  { text = '', blocks: given, parse, link_names }: Given,
  { maxText = longestText, total = true }: Rules = {},
): Content {
  const blocks = fromJson(given, 'invalid_blocks_format');
  if (blocks !== undefined && !Array.isArray(blocks))
    throw new Refusal('invalid_blocks_format', {}, 'blocks is no list');
  if (text === '' && !blocks?.length) throw new Refusal('no_text', {}, 'no_text: neither text nor blocks');
  if (text.length > maxText) throw new Refusal('msg_too_long', {}, `msg_too_long: ${text.length} characters of text`);
  const faults = blocks ? messageBlockFaults(blocks) : [];
  if (faults.length > 0) throw invalidBlocks(faults);
  if (blocks && total && tooLong(blocks)) {
    const size = JSON.stringify(blocks).length;
    throw new Refusal('msg_blocks_too_long', {}, `msg_blocks_too_long: ${size} characters of blocks`);
  }
  const suffered = [
    ...(text.trim() === '' ? ['blocks without a text to fall back on'] : []),
    ...mrkdwnFaults(text, world.allowedMentions).map((fault) => `${fault} in text`),
    ...textFaultsIn(blocks ?? [], world.allowedMentions, '/blocks'),
    ...(link_names ? ['link_names makes mentions of plain words'] : []),
    ...(parse === 'full' ? ['parse: full makes mentions of plain words'] : []),
  ];
  for (const fault of suffered) world.activity.violation(`${method}: ${fault}`);
  return { text, blocks: blocks ? withIds(blocks as Json[]) : undefined };
}
