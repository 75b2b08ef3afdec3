import { packageRoot } from '../src/package-files';
import { Newcomer } from '../test/newcomer/path';
import { measure, type Row } from './rows';

const webDeskLimit = 3;
const platformLimit = 10;

/** From a fresh clone to the first reply, by the commands that the README and the quick start show. */
export async function benchNewcomer(): Promise<Row[]> {
  const newcomer = await Newcomer.arrive(packageRoot());
  const row = async (name: string, limit: number, path: () => Promise<string>): Promise<Row> => {
    const value = (await measure(async () => void (await path()))) / 60_000;
    return { name, value, unit: 'min', limit, ok: value <= limit };
  };
  try {
    return [
      await row('newcomer, from clone to first reply on the web desk', webDeskLimit, () => newcomer.webDesk()),
      await row('newcomer, on to first reply in Slack', platformLimit, () => newcomer.slack()),
      await row('newcomer, on to first reply in Teams', platformLimit, () => newcomer.teams()),
    ];
  } finally {
    await newcomer.leaves();
  }
}
