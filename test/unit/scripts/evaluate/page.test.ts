import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { keptFigures, understandingFiles } from '../../../../scripts/evaluate/write-understanding';
import { repository } from '../../../builders/bot';

it.each([...understandingFiles(keptFigures(repository))])('%s says what was measured', (file, text) => {
  expect(readFileSync(join(repository, file), 'utf8')).toBe(text);
});
