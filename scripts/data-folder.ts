import { CodedError } from '../src/core/errors';

/** The folder of the embedded store. Refuses where PostgreSQL is set, whose own tools do this work. */
export function dataFolder(env: NodeJS.ProcessEnv, instead: string): string {
  if (env.DATABASE_URL?.trim())
    throw new CodedError(
      'SETTINGS_FAULTY',
      `\n  - DATABASE_URL is set, so nothing is in the embedded store. Use ${instead}`,
    );
  return env.DATA_DIR?.trim() || './data';
}
