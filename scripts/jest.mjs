// Runs one suite of the tests with jest on ES modules: `unit`, or what its file names say (`tools`, `heavy`, `browser`, `java`, `service`).
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const jest = join(import.meta.dirname, '..', 'node_modules', 'jest', 'bin', 'jest.js');
const [suite, ...words] = process.argv.slice(2);
const files =
  suite === 'unit' ? '(?<!\\.(tools|heavy|browser|java|service))\\.test\\.ts$' : `\\.${suite}\\.test\\.ts$`;
// Words stand first: jest takes all that follows this option for its values.
const { status } = spawnSync(
  process.execPath,
  [
    '--disable-warning=ExperimentalWarning',
    '--experimental-vm-modules',
    jest,
    ...words,
    `--testRegex=${files}`,
  ],
  { stdio: 'inherit' },
);
process.exitCode = status ?? 1;
