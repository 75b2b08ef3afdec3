import { accessSync, constants, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { check } from './check';

/** Whether the store has a place where it can be written. */
export const dataFolder = check(
  'data folder',
  {
    'data-folder-no-folder': {
      kind: 'fault',
      fault: 'DATA_DIR is no folder:',
      remedy: 'Set it to a folder.',
    },
    'data-folder-unwritable': {
      kind: 'fault',
      fault: 'This user cannot write to the data folder:',
      remedy: 'Give this user the right to write there, or set DATA_DIR to a folder it owns.',
    },
  },
  ({ settings }, report) => {
    if (!settings) return;
    const folder = resolve(settings.dataDir);
    if (!existsSync(folder)) {
      let parent = dirname(folder);
      while (!existsSync(parent)) parent = dirname(parent);
      if (mayWrite(parent)) return report.ok(`${folder} does not exist yet; the first start makes it`);
      return report.found('data-folder-unwritable', `${folder} does not exist and ${parent} cannot be written.`);
    }
    if (!statSync(folder).isDirectory()) return report.found('data-folder-no-folder', `${folder}.`);
    try {
      // Rights alone do not tell of a full or read-only disk.
      rmSync(mkdtempSync(join(folder, '.doctor-')), { recursive: true });
      report.ok(`${folder} can be written`);
    } catch (error) {
      report.found('data-folder-unwritable', `${folder} (${(error as NodeJS.ErrnoException).code}).`);
    }
  },
);

function mayWrite(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
