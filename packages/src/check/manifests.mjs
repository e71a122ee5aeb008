// Writes manifests as typed constants: the compiler of TypeScript then knows a field that is missing, unknown or wrong.
//
//   kubectl kustomize FOLDER | node manifests.mjs >manifests.ts
import {readFileSync} from 'node:fs';
import * as yaml from 'js-yaml';

yaml.loadAll(readFileSync(0, 'utf8')).forEach((manifest, index) => {
  const type = `import('kubernetes-models/${manifest.apiVersion}').I${manifest.kind}`;
  console.log(`export const manifest${index}: ${type} = ${JSON.stringify(manifest, null, 1)};`);
});
