import { type Behaviour, isForBoth } from './behaviour';
import { behaviours } from './behaviours';
import type { PlatformName } from './stage';
import { TheatrePool } from './theatre-pool';

/** A busy machine may need its time for the slowest of them, which wait for what a platform asked them to wait. */
jest.setTimeout(120_000);

const titled = (list: readonly Behaviour[]) => list.map((one) => [one.id, one.title, one] as const);

describe.each([
  ['Slack', 'slack'],
  ['Teams', 'teams'],
] as const)('on %s', (_name, platform: PlatformName) => {
  const pool = new TheatrePool([platform], 4);
  afterAll(() => pool.end());
  const possible = behaviours.filter((one) => !isForBoth(one) && one[platform] === undefined);

  test.concurrent.each(titled(possible))('%s: %s', async (_id, _title, behaviour) => {
    await pool.use(async ({ stages }) => {
      const stage = stages[platform]!;
      await stage.newAdminsRoom();
      if (!isForBoth(behaviour)) await behaviour.run(stage);
    }, behaviour.mayLeaveTwins);
  });
});

describe('on both at once', () => {
  const pool = new TheatrePool(['slack', 'teams'], 3);
  afterAll(() => pool.end());

  test.concurrent.each(titled(behaviours.filter(isForBoth)))('%s: %s', async (_id, _title, behaviour) => {
    await pool.use(async ({ stages: { slack, teams } }) => {
      await Promise.all([slack!.newAdminsRoom(), teams!.newAdminsRoom()]);
      if (isForBoth(behaviour)) await behaviour.runBoth({ slack: slack!, teams: teams! });
    });
  });
});
