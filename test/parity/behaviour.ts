import type { BothStages, PlatformName, Stage } from './stage';

/** In the order of the page. */
export const areas = [
  'First contact',
  'Private chat',
  'Understanding and steps',
  'One live message',
  'Repeated and stale presses',
  'Edits and deletions',
  'Files and pictures',
  'Channels and threads',
  'Privacy',
  'Guests and outsiders',
  'Hand-over and ping',
  'What administrators do',
  'Identity before a reset',
  'The talk below the card',
  'Commands of administrators',
  'News to the employee',
  'Secrets',
  'Hostile words',
  'Home',
  'Commands',
  'Plain text and sources',
  'Sent twice',
  'Crash and restart',
  'Platform in trouble',
  'Rate limits',
  'Forged requests',
  'Both platforms at once',
] as const;
export type Area = (typeof areas)[number];

/** Why a platform cannot do this, in a sentence for the page. */
export interface Cannot {
  cannot: string;
}

interface Described {
  /** Area in short, a dot, and the behaviour in short. */
  id: string;
  area: Area;
  /** What somebody who uses the bot notices. */
  title: string;
  slack?: Cannot;
  teams?: Cannot;
  /** A message may be there twice afterwards, with buttons on both: the platform keeps a bot from finding out. */
  mayLeaveTwins?: readonly PlatformName[];
}

/** Something the bot does, on each platform alike. */
export interface OneStageBehaviour extends Described {
  run(stage: Stage): Promise<void>;
}

/** Something that takes both platforms in one process. */
export interface BothStagesBehaviour extends Described {
  runBoth(both: BothStages): Promise<void>;
}

export type Behaviour = OneStageBehaviour | BothStagesBehaviour;

export const isForBoth = (behaviour: Behaviour): behaviour is BothStagesBehaviour => 'runBoth' in behaviour;
