import { deflateRawSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ByteCursor } from '../../src/sources/cursor.ts';
import { Damage } from '../../src/sources/damage.ts';
import { gunzip } from '../../src/sources/gzip.ts';
import { decodeAll } from '../../src/sources/recover.ts';
import { logOf, zipOf } from '../helpers/archives.ts';
import { scanPaths, type TempFolder, tempFolder } from '../helpers/sources.ts';

let folder: TempFolder;
beforeEach(() => {
  folder = tempFolder();
});
afterEach(() => folder.remove());

const log = logOf('2026-11-23 04:00:00', 5000);
const text = log.toString('latin1');

async function only(name: string, content: Buffer) {
  const { readings } = await scanPaths([folder.write(name, content)]);
  expect(readings).toHaveLength(1);
  const [reading = { path: '', text: '', error: null }] = readings;
  return reading;
}

test('a truncated gzip yields what inflates and then says how much', async () => {
  const packed = gzipSync(log);
  const { path, text: got, error } = await only('oc.log.1.gz', packed.subarray(0, packed.length / 2));
  expect(got.length).toBeGreaterThan(text.length / 4);
  expect(text.startsWith(got)).toBe(true);
  expect(error?.path).toBe(path);
  expect(error?.message).toBe(
    `truncated archive (its packed data ends too early): only the first ${got.length} inflated bytes could be read`,
  );
});

test('a gzip cut at any byte yields a beginning of its content and an error, or all of it', async () => {
  const content = logOf('2026-11-23 04:00:00', 40);
  const packed = Buffer.concat([gzipSync(content.subarray(0, 900)), gzipSync(content.subarray(900))]);
  const boundary = gzipSync(content.subarray(0, 900)).length;
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: packed.length }),
      fc.integer({ min: 1, max: 400 }),
      async (cut, step) => {
        const { bytes, damage } = await inflate(packed.subarray(0, cut), step);
        expect(content.subarray(0, bytes.length).equals(bytes)).toBe(true);
        const whole = cut === packed.length || cut === boundary;
        expect(damage?.kind ?? null).toBe(whole ? null : 'truncated');
        if (cut === packed.length) expect(bytes.length).toBe(content.length);
      },
    ),
  );
});

test('a gzip with any byte changed never yields more than its content before it says so', async () => {
  const content = logOf('2026-11-23 04:00:00', 40);
  const packed = gzipSync(content);
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 10, max: packed.length - 1 }),
      fc.integer({ min: 1, max: 255 }),
      async (at, flip) => {
        const broken = Buffer.from(packed);
        broken[at] = (broken[at] ?? 0) ^ flip;
        const { bytes, damage } = await inflate(broken, 64);
        // The last bits before the checksum may fill up a byte: they mean nothing.
        if (damage === null) expect(bytes.equals(content)).toBe(true);
      },
    ),
  );
});

test('what zlib drops in front of corrupt data is won back', async () => {
  // An invalid block type right behind a flushed block: everything before it is intact.
  const good = deflateRawSync(log, { finishFlush: 2 });
  const header = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]);
  const { text: got, error } = await only(
    'oc.log.1.gz',
    Buffer.concat([header, good, Buffer.alloc(5000, 0xff)]),
  );
  expect(got).toBe(text);
  expect(error?.message).toMatch(/^corrupt archive \(invalid block type\): only the first \d+ inflated/);
});

test('a wrong gzip checksum costs no data', async () => {
  const packed = gzipSync(log);
  packed.writeUInt32LE(packed.readUInt32LE(packed.length - 8) ^ 1, packed.length - 8);
  const { text: got, error } = await only('a.gz', Buffer.concat([packed, gzipSync('more\n')]));
  expect(got).toBe(`${text}more\n`);
  expect(error?.message).toContain('its checksum does not fit its data');
});

test('bytes that are no gzip behind a gzip are an error after the data', async () => {
  const { text: got, error } = await only('a.gz', Buffer.concat([gzipSync(log), Buffer.from('trailer')]));
  expect(got).toBe(text);
  expect(error?.message).toContain('bytes that are no gzip data follow');
});

test.each([1, 2, 9])('a gzip that ends after %i bytes is read as far as it goes', async (length) => {
  const { error } = await only('a.gz', gzipSync(log).subarray(0, length));
  expect(error?.message ?? null).toEqual(
    length === 1 ? null : expect.stringContaining('ends within its header'),
  );
});

test('a half-written zip is read by its local header', async () => {
  const whole = zipOf([{ name: 'oc.log', data: log, descriptor: true }], { directory: false });
  const { path, text: got, error } = await only('oc.log.1.zip', whole.subarray(0, whole.length / 2));
  expect(path.endsWith('oc.log.1.zip!oc.log')).toBe(true);
  expect(got.length).toBeGreaterThan(text.length / 4);
  expect(text.startsWith(got)).toBe(true);
  expect(error?.message).toMatch(/^truncated archive/);
});

test('a zip without its directory yields every member, the error behind the last', async () => {
  const path = folder.write(
    'logs.zip',
    zipOf(
      [
        { name: 'a', data: log, descriptor: true },
        { name: 'b', data: Buffer.from('stored\n'), stored: true },
        { name: 'c', data: log },
      ],
      { directory: false },
    ),
  );
  const { readings } = await scanPaths([path]);
  expect(readings.map((reading) => [reading.path, reading.text === text, reading.error?.message])).toEqual([
    [`${path}!a`, true, undefined],
    [`${path}!b`, false, undefined],
    [`${path}!c`, true, expect.stringMatching(/^truncated archive \(its directory is missing\)/)],
  ]);
});

test('a zip that ends within its first header is an input without bytes', async () => {
  const { text: got, error } = await only('a.zip', zipOf([{ name: 'oc.log', data: log }]).subarray(0, 20));
  expect(got).toBe('');
  expect(error?.message).toContain('ends within a local header');
});

test('a zip cut at any byte is read as far as it goes', async () => {
  const content = logOf('2026-11-23 04:00:00', 20);
  const packed = zipOf([{ name: 'oc.log', data: content, descriptor: true }]);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 4, max: packed.length - 1 }), async (cut) => {
      const { text: got, error } = await only('a.zip', packed.subarray(0, cut));
      expect(content.toString('latin1').startsWith(got)).toBe(true);
      expect(error?.message).toMatch(/^truncated archive/);
    }),
    { numRuns: 60 },
  );
});

test('a wrong zip checksum costs no data', async () => {
  const { text: got, error } = await only('a.zip', zipOf([{ name: 'oc.log', data: log, crc: 1 }]));
  expect(got).toBe(text);
  expect(error?.message).toContain('its checksum does not fit its data');
});

async function inflate(packed: Buffer, step: number): Promise<{ bytes: Buffer; damage: Damage | null }> {
  const chunks: Buffer[] = [];
  async function* slices(): AsyncGenerator<Buffer> {
    for (let at = 0; at < packed.length; at += step) yield packed.subarray(at, at + step);
  }
  const input = { open: slices, rereadable: true };
  try {
    for await (const chunk of decodeAll(input, gunzip)) chunks.push(Buffer.from(chunk));
    return { bytes: Buffer.concat(chunks), damage: null };
  } catch (error) {
    if (!(error instanceof Damage)) throw error;
    return { bytes: Buffer.concat(chunks), damage: error };
  }
}

test('a cursor hands over what came before a failure', async () => {
  async function* failing(): AsyncGenerator<Buffer> {
    yield Buffer.from('ab');
    throw new Error('broken pipe');
  }
  const cursor = new ByteCursor(failing());
  expect((await cursor.peek(10)).toString()).toBe('ab');
  expect((await cursor.take(10))?.toString()).toBe('ab');
  await expect(cursor.take(10)).rejects.toThrow('broken pipe');
});
