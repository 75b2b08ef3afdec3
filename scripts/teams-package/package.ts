import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { iconFaults } from './icon';
import { asOlderSchema, fillIn, manifestFaults, type Values } from './manifest';

/** What keeps the package from being made, every fault in one sentence. */
export class PackageFaulty extends Error {
  override name = 'PackageFaulty';

  constructor(readonly faults: readonly string[]) {
    super(`The package was not written:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
  }
}

export interface PackageOrder {
  /** The folder of the template and the icons. */
  folder: string;
  values: Values;
  /** The manifest schema to write; 1.25 unless told otherwise. */
  schema?: '1.19' | '1.25';
}

/**
 * The app package as a zip file. The same order gives the same bytes, whenever and wherever it is made.
 * @throws PackageFaulty
 */
export function teamsPackage({ folder, values, schema = '1.25' }: PackageOrder): Uint8Array {
  const faults: string[] = [];
  const read = (name: string): Buffer | null => {
    try {
      return readFileSync(join(folder, name));
    } catch (error) {
      faults.push(`${join(folder, name)} cannot be read (${(error as NodeJS.ErrnoException).code})`);
      return null;
    }
  };
  const [template, color, outline] = [read('manifest.json'), read('color.png'), read('outline.png')];
  if (color) faults.push(...iconFaults('color.png', color, { size: 192, transparent: false }));
  if (outline) faults.push(...iconFaults('outline.png', outline, { size: 32, transparent: true }));
  const filled = template && fillTemplate(template, values, faults);
  const manifest = filled && schema === '1.19' ? asOlderSchema(filled) : filled;
  if (manifest) faults.push(...manifestFaults(manifest));
  if (faults.length > 0 || !manifest || !color || !outline) throw new PackageFaulty(faults);
  // Zip files carry local time, so a moment fixed in local time reads the same in every zone.
  const options = { level: 9, mtime: new Date(1980, 0, 1) } as const;
  return zipSync(
    {
      'manifest.json': Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`),
      'color.png': color,
      'outline.png': outline,
    },
    options,
  );
}

function fillTemplate(template: Buffer, values: Values, faults: string[]): unknown {
  try {
    return fillIn(JSON.parse(template.toString('utf8')), values);
  } catch (error) {
    faults.push(`manifest.json is no JSON: ${(error as Error).message}`);
    return null;
  }
}
