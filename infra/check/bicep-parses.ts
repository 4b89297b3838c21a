import { join } from 'node:path';
import { readBicepFolder } from './bicep';
import { type Check } from './check';

export const bicepParses: Check = {
  name: 'every Bicep file parses',
  async run(root) {
    const files = await readBicepFolder(join(root, 'infra', 'azure'));
    if (files.size === 0) return ['infra/azure has no Bicep file.'];
    return [...files].flatMap(([path, { broken }]) =>
      broken.length > 0 ? [`infra/azure/${path} does not parse at line ${[...new Set(broken)].join(', ')}.`] : [],
    );
  },
};
