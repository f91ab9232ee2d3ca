// A log that is not called oc.log has archives too.
import { afterAll, expect, test } from '@jest/globals';
import { Archives } from '../../src/sources/follow/archives.ts';
import { DEFAULT_INFLATE_LIMITS } from '../../src/sources/source.ts';
import { tempFolder } from '../helpers/sources.ts';

const folder = tempFolder();
afterAll(() => folder.remove());

test('the archives of a log are those that begin with its name', async () => {
  const log = folder.write('server.log', 'live');
  for (const name of ['server.log.1', 'server.log.2024-03-01', 'oc.log.1', 'server.xml', 'server.log.lck'])
    folder.write(name, `2024-03-01 10:00:00,000 INFO  [a] (t) ${name}\n`);
  const archives = await new Archives(log, DEFAULT_INFLATE_LIMITS, () => 0).list();
  expect(archives.map(({ name }) => name.name).sort()).toEqual(['server.log.1', 'server.log.2024-03-01']);
  for (const archive of archives) await archive.release();
});
