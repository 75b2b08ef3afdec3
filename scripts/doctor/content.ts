import { ageing } from '../../src/content/ageing';
import { formatFaults } from '../../src/content/faults';
import { loadContent } from '../../src/content/load';
import { checkedContent, intentsFolder } from '../../src/package-files';
import { check } from './check';

/** Whether what the bot knows is sound, and not out of date. */
export const content = check(
  'content',
  {
    'content-faulty': {
      kind: 'fault',
      fault: 'The scenarios or rules have faults.',
      remedy: 'Mend what is named; `npm run check` lists it again.',
    },
    'content-old': {
      kind: 'warning',
      fault: 'Some facts are due to be looked up again:',
      remedy: 'Compare them with their source and set the new date.',
    },
  },
  (_deployment, report) => {
    try {
      const read = loadContent(intentsFolder(), checkedContent());
      const old = ageing(read, Date.now());
      if (old.length > 0) report.found('content-old', formatFaults(old));
      else report.ok(`${read.scenarios.length} scenarios, ${read.rules.size} rules`);
    } catch (error) {
      report.found('content-faulty', (error as Error).message);
    }
  },
);
