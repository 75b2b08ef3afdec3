import { planOn, type SupportPlans, supportPlansSchema } from '../../../src/core/support-plan';

const plans: SupportPlans = {
  old: { name: 'Old Plan', last_day: '2026-12-31', successor: 'next' },
  gone: { name: 'Gone Plan', last_day: '2026-12-31' },
  next: { name: 'Next Plan' },
};
const before = Date.parse('2026-12-31T23:00:00Z');
const after = Date.parse('2027-01-01T00:00:00Z');

describe('planOn', () => {
  it('names the end while it is ahead, the last day included', () => {
    expect(planOn(plans, 'old', before)).toBe('Old Plan (until 2026-12-31, then Next Plan is offered)');
  });

  it('never calls an ended plan current', () => {
    expect(planOn(plans, 'old', after)).toBe(
      'Next Plan (successor of Old Plan; ask your billing team whether you moved)',
    );
    expect(planOn(plans, 'gone', after)).toBe('Gone Plan (ended on 2026-12-31)');
  });

  it('says a plan without dates, and one it does not know, as they are', () => {
    expect(planOn(plans, 'next', after)).toBe('Next Plan');
    expect(planOn(plans, 'something-else', after)).toBe('something-else');
  });
});

describe('supportPlansSchema', () => {
  it('refuses a successor that does not exist', () => {
    const result = supportPlansSchema.safeParse({ plans: { old: { name: 'Old', successor: 'nowhere' } } });
    expect(result.error?.issues[0]?.message).toBe('unknown plan "nowhere"');
  });
});
