/**
 * Writes the list of what is in the package: itself, and the crates that its module is built from. `npm sbom` knows of no
 * crates. Run by `cargo xtask release`:
 *
 *   node xtask/sbom.js TARBALL PACKAGE_JSON < CRATES
 *
 * The output is CycloneDX. CRATES has lines such as `serde v1.0.229|MIT OR Apache-2.0`.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

const [tarball, packageJson] = process.argv.slice(2);
const { name, version, description, license } = JSON.parse(readFileSync(packageJson, 'utf8'));

const component = (registry, name, version, expression) => {
  const purl = `pkg:${registry}/${name}@${version}`;
  // `MIT/Apache-2.0` is how crates wrote it once.
  return {
    type: 'library',
    'bom-ref': purl,
    name,
    version,
    purl,
    licenses: [{ expression: expression.replaceAll('/', ' OR ') }],
  };
};

const crates = new Map();
for (const line of readFileSync(0, 'utf8').split('\n')) {
  const [, crate, crateVersion, expression] = /^(\S+) v(\S+)\|(.+)$/.exec(line) ?? [];
  if (crate !== undefined) crates.set(line, component('cargo', crate, crateVersion, expression));
}
if (crates.size === 0) throw new Error('there are no crates');

const content = createHash('sha512').update(readFileSync(tarball)).digest('hex');
const own = { ...component('npm', name, version, license), description, hashes: [{ alg: 'SHA-512', content }] };
const components = [...crates.values()];
const sbom = {
  $schema: 'http://cyclonedx.org/schema/bom-1.5.schema.json',
  bomFormat: 'CycloneDX',
  specVersion: '1.5',
  version: 1,
  metadata: { component: own },
  components,
};
process.stdout.write(`${JSON.stringify(sbom, null, 2)}\n`);
