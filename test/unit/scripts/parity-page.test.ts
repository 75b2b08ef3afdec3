import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parityPage } from '../../../scripts/generated/parity-page';
import { repository } from '../../builders/bot';
import { areas } from '../../parity/behaviour';
import { behaviours } from '../../parity/behaviours';

describe('the parity page', () => {
  const page = parityPage();

  it('is the one in docs', () => {
    const file = join(repository, 'docs/parity.md');
    expect(existsSync(file)).toBe(true);
    // Otherwise: npm run docs
    expect(readFileSync(file, 'utf8')).toBe(page);
  });

  it('lists at least 120 behaviours, each under an id and a title of its own', () => {
    expect(behaviours.length).toBeGreaterThanOrEqual(120);
    for (const field of ['id', 'title'] as const) {
      const all = behaviours.map((one) => one[field]);
      expect(all.filter((one, index) => all.indexOf(one) !== index)).toEqual([]);
    }
  });

  it('has at least 120 behaviours that both platforms share', () => {
    expect(behaviours.filter(({ slack, teams }) => !slack && !teams).length).toBeGreaterThanOrEqual(120);
  });

  it('names a reason, in a sentence, for whatever a platform cannot do', () => {
    const reasons = behaviours.flatMap(({ id, slack, teams }) =>
      [slack, teams].flatMap((one) => (one ? [{ id, reason: one.cannot }] : [])),
    );
    expect(reasons.filter(({ reason }) => reason.trim().length < 20)).toEqual([]);
    for (const { reason } of reasons) expect(page).toContain(`cannot: ${reason.slice(0, 20)}`);
  });

  it('leaves nothing for nobody: what neither platform can do is no behaviour', () => {
    expect(behaviours.filter(({ slack, teams }) => slack && teams)).toEqual([]);
  });

  it('has an area for every behaviour, and behaviours in every area', () => {
    expect(new Set(behaviours.map(({ area }) => area))).toEqual(new Set(areas));
  });

  it('shows every behaviour in one row of three cells', () => {
    const rows = page.split('\n').filter((line) => / \| (yes|cannot)/.test(line));
    expect(rows).toHaveLength(behaviours.length);
    for (const row of rows) expect(row.split(/(?<!\\)\|/)).toHaveLength(5);
  });
});
