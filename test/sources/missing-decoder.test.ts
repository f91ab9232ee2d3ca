import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { scanPaths, type TempFolder, tempFolder } from '../helpers/sources.ts';

let folder: TempFolder;
const searchPath = process.env['PATH'];
beforeEach(() => {
  folder = tempFolder();
});
afterEach(() => {
  process.env['PATH'] = searchPath;
  folder.remove();
});

test.each([
  ['xz', 'dnf install xz, apt install xz-utils', Buffer.from('fd377a585a000004', 'hex')],
  ['bzip2', 'dnf install bzip2, apt install bzip2', Buffer.from('BZh91AY&SY', 'latin1')],
  ['zstd', 'dnf install zstd, apt install zstd', Buffer.from('28b52ffd04580000', 'hex')],
])('without %s the remedy is named', async (tool, install, content) => {
  process.env['PATH'] = `${folder.path}:relative/bin`;
  const { readings } = await scanPaths([folder.write('oc.log.1', content)]);
  expect(readings.map(({ error }) => [error?.message, error?.hint])).toEqual([
    [
      `packed with ${tool}, and the tool ${tool} could not be run here`,
      `install it (${install}) or unpack the file elsewhere and scan the result`,
    ],
  ]);
});

test('a packed log that cannot be looked at is not taken for an empty one', async () => {
  process.env['PATH'] = '';
  folder.write('oc.log', 'live\n');
  folder.write('oc.log.1', Buffer.from('28b52ffd04580000', 'hex'));
  const { readings } = await scanPaths([folder.path]);
  expect(readings.map(({ error }) => error === null)).toEqual([false, true]);
});
