import { execFileSync } from 'node:child_process';
import { packageRoot } from '../src/package-files';
import { failWith } from './fail';

interface Component {
  'bom-ref': string;
  properties?: { name: string; value: string }[];
}
interface Bom {
  components: Component[];
  dependencies: { ref: string; dependsOn?: string[] }[];
}

/**
 * `npm run sbom`: what runs in production, as CycloneDX, from the lock file and without network. npm's own `--omit dev`
 * leaves out what development uses as well, so the development packages are taken out of the whole list instead.
 */
try {
  const whole = execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx'], {
    cwd: packageRoot(),
    maxBuffer: 256 * 1024 * 1024,
    encoding: 'utf8',
  });
  const bom = JSON.parse(whole) as Bom;
  const isForDevelopment = ({ properties = [] }: Component): boolean =>
    properties.some(({ name, value }) => name === 'cdx:npm:package:development' && value === 'true');
  const left = new Set(bom.components.filter(isForDevelopment).map((component) => component['bom-ref']));
  const kept = {
    ...bom,
    components: bom.components.filter((component) => !left.has(component['bom-ref'])),
    dependencies: bom.dependencies
      .filter(({ ref }) => !left.has(ref))
      .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((one) => !left.has(one)) })),
  };
  process.stdout.write(`${JSON.stringify(kept, null, 2)}\n`);
} catch (error) {
  failWith(error);
}
