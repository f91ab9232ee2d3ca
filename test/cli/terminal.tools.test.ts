// oclog on a real terminal: what a person sees at each width, in a pager, while a scan goes on, and after Ctrl-C.
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, jest, test } from '@jest/globals';
import { MAIN } from '../helpers/cli.ts';
import { openTerminal, type Screen, type Session, type Size, screenOf } from '../helpers/terminal.ts';
import { cleanLog } from '../helpers/vna-log.ts';

jest.setTimeout(60_000);

const dir = mkdtempSync(join(tmpdir(), 'oclog-terminal-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const OCLOG = `"${process.execPath}" "${MAIN}"`;
const SCAN = `${OCLOG} scan --host vna-demo fixtures/vna-server/log`;

async function see(command: string, size: Size): Promise<Screen> {
  const session = openTerminal(command, size);
  await session.ended;
  return screenOf(session.output, size);
}

/** What a terminal without UTF-8 would take for a control: the second byte of `\u00db` is its CSI. */
const EIGHT_BIT = /[^\t\n\r\x1b -~]/;

describe('a terminal whose character set is not UTF-8', () => {
  const size = { columns: 80, rows: 24 };
  const log = join(dir, 'eight-bit.log');
  const FAULT = '2024-03-01 10:15:30,123 ERROR [AWS_PLUGIN] (x) com.amazonaws.AmazonServiceException: no';
  writeFileSync(
    log,
    `${FAULT} (Service: AmazonEC2; Status Code: 403; Error Code: A\u00db2J\u5168; Request ID: \u00db)\n`,
  );

  test.each([
    ...['pretty', 'text', 'brief', 'ndjson', 'json'].map(
      (format) => `scan --format ${format} "${log}" none\u00db`,
    ),
    `explain - < "${log}"`,
    'explain VNA1001',
    'explain \u00db2J',
    'rules show VNA1001',
  ])('gets nothing else: %s', async (words) => {
    const session = openTerminal(`${OCLOG} ${words}`, size, { LANG: 'C' });
    await session.ended;
    expect(session.output).not.toMatch(EIGHT_BIT);
    if (words.includes('ndjson'))
      expect(JSON.parse(/^.*"type":"finding".*$/m.exec(session.output)?.[0] ?? '').aws.errorCode).toBe(
        'A\u00db2J\u5168',
      );
  });

  test('and one with UTF-8, or a file, all there is', async () => {
    const session = openTerminal(`${OCLOG} scan --format brief "${log}"`, size);
    await session.ended;
    expect(session.output).toContain('A\u00db2J\u5168');
    const { stdout } = spawnSync(process.execPath, [MAIN, 'scan', '--format', 'brief', log], {
      encoding: 'utf8',
      env: { LANG: 'C' },
    });
    expect(stdout).toContain('A\u00db2J\u5168');
  });
});

test.each(['--help', 'scan --help', 'explain VNA1001'])(
  'a terminal of one column gets words: %s',
  async (words) => {
    const session = openTerminal(`${OCLOG} ${words}`, { columns: 1, rows: 24 });
    await session.ended;
    expect(session.output).toMatch(/oclog|recognised|severity/);
    expect(session.output.split('\n').filter((line) => /^\W*\w\W*$/.test(line)).length).toBeLessThan(10);
  },
);

describe('a report on a terminal', () => {
  test.each([40, 60, 80, 100, 160])(
    'of %d columns wraps nothing but commands, paths and addresses',
    async (columns) => {
      const { rows, wrapped } = await see(SCAN, { columns, rows: 24 });
      expect(rows[0]).toMatch(/CRITICAL {2}VNA1001/);
      for (const row of wrapped) {
        // The line began at the first row before it that goes on from none.
        let first = row;
        while (wrapped.includes(first)) first -= 1;
        expect(rows[first]).toMatch(/^ {6,}\S|^\W*(?:[a-z]+ +)?\S+$/);
      }
    },
  );

  test('has colours, and none when they are not wanted', async () => {
    const size = { columns: 80, rows: 24 };
    const colors = ({ cells }: Screen): number =>
      cells.flat().filter(({ bold, color }) => bold || color !== null).length;
    expect(colors(await see(SCAN, size))).toBeGreaterThan(100);
    expect(colors(await see(`NO_COLOR=1 ${SCAN}`, size))).toBe(0);
    expect(colors(await see(`TERM=dumb ${SCAN}`, size))).toBe(0);
    expect(colors(await see(`${SCAN} --color never`, size))).toBe(0);
  });

  test('shows the same in less -R', async () => {
    const size = { columns: 80, rows: 24 };
    const direct = await see(SCAN, size);
    const session = openTerminal(`${SCAN} --format pretty --color always | less -R -PsREADY`, size);
    // Its prompt below a full screen.
    await session.shows(/READY/);
    const paged = await screenOf(session.output, size);
    session.type('q\n');
    await session.ended;
    expect(paged.rows.slice(0, 20)).toEqual(direct.rows.slice(0, 20));
    expect(paged.cells.slice(0, 20)).toEqual(direct.cells.slice(0, 20));
  });
});

/** A scan of a pipe that stays open: oclog has read all there is, and waits. */
async function scanInProgress(size: Size): Promise<Session & { end(): void }> {
  const pipe = join(dir, `pipe-${Math.random().toString(36).slice(2)}`);
  spawnSync('mkfifo', [pipe]);
  const session = openTerminal(`${OCLOG} scan - < "${pipe}"`, size);
  const writer = openSync(pipe, 'w');
  writeSync(writer, cleanLog({ seed: 1, lines: 200 }));
  await session.shows(/[1-9][\d.]* KiB read, [\d.]+/);
  return {
    ...session,
    get output() {
      return session.output;
    },
    end: () => closeSync(writer),
  };
}

/** Nothing but the report: no line of progress, and the cursor where it was, to be seen. */
function expectNoTrace({ rows, cursor }: Screen): void {
  expect(rows.join('\n')).not.toMatch(/B\/s/);
  expect(rows[0]).toMatch(/^scanned/);
  expect(cursor).toMatchObject({ column: 0, isVisible: true });
}

describe('progress on a terminal', () => {
  const size = { columns: 80, rows: 24 };

  test('is one line while it lasts, and leaves no trace at the end', async () => {
    const session = await scanInProgress(size);
    const meanwhile = await screenOf(session.output, size);
    expect(meanwhile.rows.filter((row) => row !== '')).toEqual([
      expect.stringMatching(/^\S [\d.]+ KiB read, [\d.]+ .?i?B\/s$/),
    ]);
    expect(meanwhile.cursor.isVisible).toBe(false);
    session.end();
    expect(await session.ended).toBe(0);
    expectNoTrace(await screenOf(session.output, size));
  });

  test('leaves no trace on Ctrl-C, and what was read is reported', async () => {
    const session = await scanInProgress(size);
    session.type('\x03');
    expect(await session.ended).toBe(130);
    session.end();
    const { rows, ...screen } = await screenOf(session.output.replaceAll('^C', ''), size);
    expectNoTrace({ rows, ...screen });
    expect(rows.join('\n')).toMatch(/no fault found in what was read.*interrupted: only\s+a part was read/s);
  });

  test('stays on its line in a narrow terminal', async () => {
    const narrow = { columns: 20, rows: 10 };
    const session = await scanInProgress(narrow);
    session.end();
    await session.ended;
    expectNoTrace(await screenOf(session.output, narrow));
  });
});

describe('oclog tail on a terminal', () => {
  const size = { columns: 80, rows: 200 };

  test('says how far it is on one line, which Ctrl-C takes away', async () => {
    const log = join(dir, 'oc.log');
    writeFileSync(log, '');
    const session = openTerminal(`exec ${OCLOG} tail --host vna-demo "${log}"`, size);
    await session.shows(/0 B, 0 lines, 0 findings, last: following/);
    expect((await screenOf(session.output, size)).cursor.isVisible).toBe(false);
    appendFileSync(log, readFileSync('fixtures/vna-server/log/oc.log'));
    await session.shows(/3 findings, last: VNA1003/);
    session.type('\x03');
    expect(await session.ended).toBe(0);
    const { rows, cursor } = await screenOf(session.output.replaceAll('^C', ''), size);
    const shown = rows.filter((row) => row !== '');
    expect(shown[0]).toMatch(/^oclog: .*oc\.log: following: from its end$/);
    expect(shown.filter((row) => row.includes('CRITICAL'))).toEqual([
      expect.stringContaining("VNA1002  AWS rejected the signature of VNA's request"),
      expect.stringMatching(/^CRITICAL VNA1002 in us-east-1: 2 times since/),
    ]);
    expect(shown.at(-1)).toMatch(
      /^oclog: followed 51\.2 KiB, 474 lines, 3 findings \(VNA1002 x2, VNA1003 x1\)$/,
    );
    expect(shown.join('\n')).not.toContain('last: ');
    expect(cursor).toMatchObject({ column: 0, isVisible: true });
  });
});
