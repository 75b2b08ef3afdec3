import { resolve } from 'node:path';
import { readSettings } from '../../src/config';
import { CodedError } from '../../src/core/errors';
import { check } from './check';

const ours =
  /^(PORT|HOST|DATA_DIR|DATABASE_URL|LOG_LEVEL|MESSAGES_PER_PERSON|MESSAGES_PER_WORKSPACE|ORGANIZATION_FILE|PUBLIC_URL|HEARTBEAT_URL|SLACK_[A-Z_]+|TEAMS_[A-Z_]+)$/;

/** A value that still wears the quotes of the file it was copied from. */
export const isQuoted = (value: string | undefined): boolean => /^\s*(["'“‘]).*(["'”’])\s*$/s.test(value ?? '');

export interface SettingFault {
  /** The setting it is about. */
  name: string;
  text: string;
}

/** What the start would say about the settings, one by one. */
export function settingFaults(env: NodeJS.ProcessEnv): SettingFault[] {
  try {
    readSettings(env);
    return [];
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    return error.message.split('\n').flatMap((line) => {
      const text = /^\s+- (.*)$/.exec(line)?.[1];
      return text === undefined ? [] : [{ name: /^[A-Z_]+/.exec(text)?.[0] ?? '', text }];
    });
  }
}

/** What concerns no platform; each platform's settings have a check of their own. */
export const settings = check(
  'settings',
  {
    'setting-quoted': {
      kind: 'fault',
      fault: 'A value is in quotes, which are taken as part of it.',
      remedy: 'Take the quotes out: some tools, as `docker run --env-file`, pass them on as they are.',
    },
    'setting-faulty': {
      kind: 'fault',
      fault: 'A setting cannot be used:',
      remedy: 'Correct it; the README lists every setting with its default.',
    },
  },
  ({ env, settings: read }, report) => {
    const quoted = Object.keys(env).filter((name) => ours.test(name) && isQuoted(env[name]));
    for (const name of quoted) report.found('setting-quoted', `It is ${name}.`);
    const all = settingFaults(env);
    const faults = all.filter(({ name }) => !/^(SLACK|TEAMS)_/.test(name) && !quoted.includes(name));
    for (const { text } of faults) report.found('setting-faulty', text);
    if (!read || quoted.length > 0 || faults.length > 0) return;
    const platforms = [read.slack && 'Slack', read.teams && 'Teams'].filter(Boolean).join(' and ');
    const served = all.length > 0 ? '' : `, for ${platforms || 'the web desk alone'}`;
    report.ok(`port ${read.port} on ${read.host}, data in ${resolve(read.dataDir)}${served}`);
  },
);
