import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Advice, Finding } from '../../src/findings/finding.ts';
import type { ScanEvent } from '../../src/findings/scan-event.ts';
import { cellsOf } from '../../src/reports/cells.ts';
import { show, showCommand, toAscii } from '../../src/reports/show.ts';
import { renderEvents } from '../helpers/report.ts';

const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '\x1b[31m',
        '\x1b]0;owned\x07',
        '\x1b]52;c;aGk=\x1b\\',
        '\x9b2J',
        '\u202e',
        '\u2067',
        '\0',
        '\u200b',
        '\ufeff',
        `e${'\u0301'.repeat(40)}`,
        '\u0301',
        '全角文字の長い文',
        '🔥🔥',
        '👩‍💻',
        'x'.repeat(300),
        `/opt/${'p'.repeat(90)}`,
        '\ufffd',
        '<script>alert(1)</script>',
        '%s `rm -rf /` $(id)',
        '\r\n',
        '\t',
        ' ',
      ),
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.lorem({ maxCount: 6 }),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));
const maybe = fc.option(text, { nil: null });
/** Often the same, so that findings belong to one fault. */
const name = fc.oneof({ weight: 3, arbitrary: fc.constant('same') }, text);

const advice: fc.Arbitrary<Advice> = fc.record({
  summary: text,
  why: text,
  steps: fc.array(fc.record({ do: text, where: maybe, run: maybe, expect: maybe, source: maybe }), {
    maxLength: 3,
  }),
  verify: fc.array(fc.record({ do: text, run: maybe, expect: maybe }), { maxLength: 2 }),
  links: fc.array(fc.record({ title: text, url: text }), { maxLength: 2 }),
});

const aws = fc.record({
  service: name,
  status: fc.option(fc.nat(999), { nil: null }),
  errorCode: maybe,
  inferred: fc.boolean(),
  message: maybe,
  requestId: maybe,
  region: maybe,
  accessKey: maybe,
  sdk: fc.constant(null),
});

const finding: fc.Arbitrary<Finding> = fc.record({
  schemaVersion: fc.constant(1 as const),
  type: fc.constant('finding' as const),
  id: fc.constant('0123456789abcdef'),
  host: name,
  code: text,
  rule: name,
  severity: fc.constantFrom('info' as const, 'warning' as const, 'critical' as const),
  title: text,
  variant: maybe,
  confidence: fc.constantFrom('possible' as const, 'likely' as const, 'certain' as const),
  fingerprint: fc.constantFrom('aaa', 'bbb', 'ccc'),
  time: fc.option(fc.constantFrom('2024-03-01T10:15:30.123', '2024-03-02T10:15:30+01:00'), { nil: null }),
  timeInferred: fc.boolean(),
  truncated: fc.boolean(),
  source: fc.record({
    path: text,
    line: fc.nat(),
    endLine: fc.nat(),
    offset: fc.nat(),
    bytes: fc.nat(),
  }),
  record: fc.record({ level: text, plugin: name, category: maybe, thread: maybe, text }),
  aws: fc.option(aws, { nil: null }),
  advice,
});

const events = fc
  .tuple(fc.array(finding, { maxLength: 5 }), text, text)
  .map(([findings, path, message]): readonly ScanEvent[] => {
    const byCode: Record<string, number> = {};
    for (const { code } of findings) byCode[code] = (byCode[code] ?? 0) + 1;
    return [
      ...findings,
      { type: 'error', schemaVersion: 1, path, message },
      {
        type: 'summary',
        schemaVersion: 1,
        inputs: 1,
        bytes: 1,
        lines: 1,
        recognised: true,
        findings: findings.length,
        byCode,
        errors: 1,
        durationMs: 1,
        interrupted: false,
        notes: [{ path, message }],
      },
    ];
  });

/** What may stand on a line that is too long for it: commands, paths, addresses. */
function unbreakable(given: readonly ScanEvent[]): readonly string[] {
  return given.flatMap((event) => {
    if (event.type === 'error') return [show(event.path)];
    if (event.type !== 'finding') return [];
    const { steps = [], verify = [], links = [] } = event.advice ?? {};
    return [
      `${show(event.source.path)}:${event.source.line}`,
      `oclog explain ${show(event.code)}`,
      ...[...steps, ...verify].flatMap(({ run }) => (run === null ? [] : showCommand(run))),
      ...links.map(({ url }) => show(url)),
    ];
  });
}

/** Lines that are wider than they may be. */
function tooLong(output: string, width: number, pieces: readonly string[]): readonly string[] {
  const exempt = pieces.map((piece) => piece.trimEnd()).filter((piece) => piece !== '');
  return output
    .split('\n')
    .filter((line) => cellsOf(line) > width)
    .filter((line) => !exempt.some((piece) => line.includes(piece)))
    .filter((line) => {
      const words = line.replace(/^(?:[╷│╵|] )? *(?:[a-z]+:? +)?(?:\d+\. |expect: )?/, '');
      return !/^\S*\/\S*$/.test(words);
    });
}

const stripped = (output: string): string => output.replace(/\x1b\[[\d;]*m/g, '');

describe.each([40, 60, 80, 100, 160])('at %i columns, hostile text in every field', (columns) => {
  test.each([
    ['pretty', true],
    ['pretty', false],
    ['text', true],
    ['text', false],
  ] as const)(
    'garbles nothing of the %s report and keeps its lines within (unicode: %s)',
    async (format, unicode) => {
      await fc.assert(
        fc.asyncProperty(events, async (given) => {
          const options = { columns, unicode, checked: [] };
          const output = await renderEvents(format, given, options);
          const colored = await renderEvents(format, given, { ...options, color: true });
          expect(stripped(colored)).toBe(output);
          expect(output).not.toMatch(/[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|\p{M}{3}|(?![\n\t])\p{Cc}/u);
          if (format === 'pretty' && !unicode) expect(output).toMatch(/^[\n\t -~]*$/);

          const pieces = unbreakable(given).map(format === 'pretty' && !unicode ? toAscii : String);
          expect(tooLong(output, Math.min(columns, 100), pieces)).toEqual([]);
        }),
        { numRuns: 20 },
      );
    },
  );
});

test('a line of the brief report is one line, without a control, and bounded', async () => {
  await fc.assert(
    fc.asyncProperty(events, async (given) => {
      const output = await renderEvents('brief', given, { checked: [] });
      const findings = given.filter(({ type }) => type === 'finding');
      expect(output.split('\n')).toHaveLength(findings.length + 3);
      expect(output).not.toMatch(/[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|(?!\n)\p{Cc}/u);
      for (const [index, event] of given.entries()) {
        if (event.type !== 'finding') continue;
        const line = output.split('\n')[index] ?? '';
        expect(cellsOf(line) - cellsOf(show(event.source.path))).toBeLessThan(400);
      }
    }),
    { numRuns: 100 },
  );
});
