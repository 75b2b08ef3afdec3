import type { WeeklyReport } from '../../src/core/weekly-report';

export const weeklyReport = (parts: Partial<WeeklyReport> = {}): WeeklyReport => ({
  week: '2026-W48',
  title: 'The helpdesk in week 48 of 2026',
  figures: [[{ text: '12 problems', bold: true }, { text: ', <!channel> as in the week before' }]],
  bars: {
    title: 'Helped without a person, by week',
    values: [
      { label: '16 Nov', value: 2 },
      { label: '23 Nov', value: 4 },
    ],
  },
  suggestions: [[{ text: 'Look at “[a](http://evil.example)”.' }]],
  closing: [{ text: 'More on the desk.' }],
  ...parts,
});
