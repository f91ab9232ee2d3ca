import { describe, expect, test } from '@jest/globals';
import type { Finding } from '../../src/findings/finding.ts';
import { CORPUS, type CorpusCase } from '../helpers/corpus.ts';
import { scanText } from '../helpers/scan.ts';
import { cleanRecords, randomFrom, recordAt } from '../helpers/vna-log.ts';

const HEADER =
  /^(?:\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} (ERROR|WARN|INFO|DEBUG) +\[([^\]]+)\](?: \(([^()]*)\))?|(ERROR) \[([^\]]+)\]) (.*)$/s;

/** Where in the log a finding is expected. */
interface Expected {
  readonly code: string;
  readonly variant: string | null;
  readonly line: number;
  readonly endLine: number;
  readonly offset: number;
  readonly bytes: number;
}

/** How a record is written down; gets the record's lines, returns its physical text without the last line end. */
type Form = (lines: readonly string[]) => string;

const asJson: Form = (lines) => {
  // Records that WildFly could have written: a case in another program's layout stays as it is.
  const match = HEADER.exec(lines.join('\n'));
  if (match === null) return lines.join('\n');
  const [, level, category, thread, bareLevel, bareCategory, message] = match;
  return JSON.stringify({
    timestamp: '2024-03-01T10:15:30.123Z',
    sequence: 1,
    loggerClassName: 'org.jboss.logging.Logger',
    loggerName: category ?? bareCategory,
    level: level ?? bareLevel,
    message,
    threadName: thread ?? 'main',
    threadId: 1,
    mdc: {},
    ndc: '',
  });
};

/** Breaks every line at a blank before column 72, as mail and tickets do; continuation lines are indented. */
const folded: Form = (lines) =>
  lines
    .map((line) => {
      const pieces: string[] = [];
      let rest = line;
      // The header's own words stay together.
      let least = 60;
      while (rest.length > 72) {
        const at = rest.indexOf(' ', least);
        if (at < 0 || at === rest.length - 1) break;
        pieces.push(rest.slice(0, at));
        rest = rest.slice(at + 1);
        least = 40;
      }
      return [...pieces, rest].join('\n    ');
    })
    .join('\n');

const FORMS: readonly (readonly [string, Form, string])[] = [
  ['LF', (lines) => lines.join('\n'), '\n'],
  ['CRLF', (lines) => lines.join('\n'), '\r\n'],
  ['JSON-formatted', asJson, '\n'],
  ['folded', folded, '\n'],
];

const ORDINARY = recordAt(new Date(0), 'INFO', 'DNAC_PLUGIN', 'x', 'ordinary').trimEnd();

interface Piece {
  /** One record as it is written, with LF and no end. */
  readonly text: string;
  readonly answer: CorpusCase['expect'];
}

/** The records of one case; what opens no record of its own continues an ordinary one. */
function piecesOf({ id, lines, expect: answer }: CorpusCase, form: Form): Piece[] {
  if (!HEADER.test(lines[0] ?? '')) return [{ text: `${form([ORDINARY])}\n${form(lines)}`, answer }];
  // Two records of one failure: the second is the one reported.
  if (id === 'neg-028-retry-duplicate') {
    return lines.map((line, at) => ({ text: form([line]), answer: at === 0 ? null : answer }));
  }
  return [{ text: form(lines), answer }];
}

/** All cases shuffled among ordinary records, with what a scan must say of them. */
function shuffled(form: Form, lineEnd: string, seed: number): { log: string; expected: Expected[] } {
  const random = randomFrom(seed);
  const ordinary = [...cleanRecords({ seed, lines: 2500 })].map((text) => text.replace(/\n$/, ''));
  const cases = CORPUS.map((one) => ({ one, at: random.next(1_000_000) })).sort((a, b) => a.at - b.at);
  const pieces: Piece[] = [];
  for (const { one } of cases) {
    for (let i = random.next(20); i >= 0; i -= 1) {
      pieces.push({ text: form(random.pick(ordinary).split('\n')), answer: null });
    }
    pieces.push(...piecesOf(one, form));
  }
  const expected: Expected[] = [];
  let log = '';
  let line = 1;
  let offset = 0;
  for (const { text, answer } of pieces) {
    const physical = text.split('\n');
    const written = physical.join(lineEnd) + lineEnd;
    const bytes = Buffer.byteLength(written);
    const endLine = line + physical.findLastIndex((one) => !/^[ \t\r\0]*$/.test(one));
    if (answer !== null) {
      expected.push({ code: answer.code, variant: answer.variant ?? null, line, endLine, offset, bytes });
    }
    log += written;
    line += physical.length;
    offset += bytes;
  }
  return { log, expected };
}

const where = ({ code, variant, source: { line, endLine, offset, bytes } }: Finding): object => ({
  code,
  variant,
  line,
  endLine,
  offset,
  bytes,
});

const answerOf = ({ code, variant }: Finding, { expect: answer }: CorpusCase): object =>
  answer?.variant === undefined ? { code } : { code, variant };

describe('the corpus of real error texts', () => {
  test.each(CORPUS)('$id alone', async (one) => {
    const { findings } = await scanText(`${one.lines.join('\n')}\n`);
    expect(findings.map((finding) => answerOf(finding, one))).toEqual(
      one.expect === null ? [] : [one.expect],
    );
  });

  test.each(FORMS)('all together among ordinary records, %s', async (_, form, lineEnd) => {
    for (const seed of [3, 44]) {
      const { log, expected } = shuffled(form, lineEnd, seed);
      const { findings, summary } = await scanText(log);
      expect(findings.map(where)).toEqual(
        expected.map((one, index) => ({ ...one, variant: one.variant ?? findings[index]?.variant ?? null })),
      );
      expect(summary.findings).toBe(CORPUS.filter((one) => one.expect !== null).length);
    }
  });
});
