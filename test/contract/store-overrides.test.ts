import { eachStore } from './store-kinds';

const override = { schedule: 'duty', person: 'grace', from: 1_000, until: 2_000, by: 'Alan', madeAt: 900 };

eachStore((opened, keeps) => {
  test('an override is found while it holds, with all that was said', async () => {
    const first = await opened.store.addOverride(override);
    const second = await opened.store.addOverride({ ...override, person: 'joan', from: 1_500, until: 3_000 });
    expect(first).toEqual({ ...override, id: expect.any(Number) });
    expect(await opened.store.overrides(0, 10_000)).toEqual([first, second]);
    expect(await opened.store.overrides(2_000, 2_001)).toEqual([second]);
    expect(await opened.store.overrides(0, 1_000)).toEqual([]);
    expect(await opened.store.overrides(3_000, 4_000)).toEqual([]);
  });

  test('one that is taken back is gone, once', async () => {
    const { id } = await opened.store.addOverride(override);
    expect(await opened.store.removeOverride(id)).toBe(true);
    expect(await opened.store.removeOverride(id)).toBe(false);
    expect(await opened.store.removeOverride(Number.NaN)).toBe(false);
    expect(await opened.store.overrides(0, 10_000)).toEqual([]);
  });

  if (keeps)
    test('it is still there after a restart', async () => {
      const added = await opened.store.addOverride(override);
      await opened.reopen();
      expect(await opened.store.overrides(0, 10_000)).toEqual([added]);
    });
});
