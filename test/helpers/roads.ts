// The law of the fast road: whatever the log, the rules and the way in which the bytes come, it finds what reading every
// record finds.
import { setImmediate } from 'node:timers/promises';
import { expect } from '@jest/globals';
import fc from 'fast-check';
import { scanSources } from '../../src/app/scan-sources.ts';
import type { SearchOptions } from '../../src/app/search-for.ts';
import { type ScanSettings, settle } from '../../src/app/settings.ts';
import { Tally } from '../../src/app/tally.ts';
import { Tools } from '../../src/app/tools.ts';
import type { Finding } from '../../src/findings/finding.ts';
import type { ScanContext } from '../../src/findings/scan-event.ts';
import { DEFAULT_RECORD_LIMITS, LEVELS, type RecordLimits } from '../../src/records/record.ts';
import { compileRules, type RuleSet } from '../../src/rules/compile.ts';
import type { Rule } from '../../src/rules/rule.ts';
import type { BlockReader, Source } from '../../src/sources/source.ts';
import { ruleOf } from '../rules/example.ts';
import { CORPUS } from './corpus.ts';
import { chunksOf } from './records.ts';
import { builtInRules } from './scan.ts';
import { seedFor } from './seed.ts';
import { cleanLog } from './vna-log.ts';

const CUSTOM: readonly Partial<Rule>[] = [
  { match: { contains: 'discovered' } },
  { match: { contains: 'HTTP 503 from' }, applies: { plugin: ['DNAC_PLUGIN'], levels: ['WARN'] } },
  { match: { regex: 'queue depth [0-9]+' } },
  {
    match: {
      any: [
        { contains: 'zeta' },
        { startsWith: 'INFO [Z_PLUGIN]' },
        { fact: 'record.thread', equals: 'omega' },
      ],
    },
  },
  { match: { fact: 'aws.status', gte: 400 } },
  { match: { all: [{ contains: 'Poller' }, { fact: 'key.kind', equals: 'temporary' }] } },
  {
    match: { fact: 'record.plugin', in: ['Z_PLUGIN', 'ACI_PLUGIN'] },
    variants: [
      { id: 'with-key', when: { fact: 'key.kind', exists: true }, confidence: 'certain' },
      { id: 'without', otherwise: true, confidence: 'likely' },
    ],
  },
  { match: { contains: 'alpha' }, applies: { levels: ['INFO', 'DEBUG', 'TRACE'] } },
  { match: { contains: 'WFLYSRV0010' }, capture: { name: { regex: 'Deployed "(?P<v>[a-z-]+)' } } },
];

export const customRules = fc
  .subarray([...CUSTOM.keys()], { minLength: 1, maxLength: 4 })
  .map((chosen) => chosen.map((at) => ruleOf({ ...CUSTOM[at], id: `acme.rule${at}`, code: `ACME${at}` })));

const word = fc.constantFrom(
  'zeta',
  'alpha',
  'omega',
  'discovered',
  'x',
  'AWS_PLUGIN',
  'queue depth 7',
  'ASIAIOSFODNN7EXAMPLE',
  'AKIAIOSFODNN7EXAMPLE',
  'Service:',
  '',
);
const plugin = fc.constantFrom(
  'AWS_PLUGIN',
  'Z_PLUGIN',
  'ACI_PLUGIN',
  'DNAC_PLUGIN',
  'AWS_PLUGIN_X',
  'com.acme.Poller',
);
const thread = fc.constantFrom('omega', 'default task-1', 'a (b) c');
const level = fc.constantFrom(...LEVELS);
const stamp = fc
  .tuple(
    fc.constantFrom('2024-03-01 ', '2024-03-01T', '2024-13-01 ', '', ''),
    fc.constantFrom('10:15:30', '23:59:59', '00:00:01', '23:59:60', '24:00:00'),
    fc.constantFrom(',123', '.5', '', ',1234567890'),
    fc.constantFrom('', '', 'Z', '+0200', ' +02:00'),
  )
  .map((parts) => parts.join(''));
const ERROR =
  'Failed: com.amazonaws.AmazonServiceException: no (Service: AmazonEC2; Status Code: 401; Error Code: InvalidClientTokenId)';
const said = fc.tuple(word, fc.constantFrom('', '', ERROR), word).map((parts) => parts.join(' '));

const stamped = fc
  .tuple(stamp, fc.constantFrom(' ', '  ', '\t', ''), level, plugin, thread, said)
  .map(([time, gap, name, tag, worker, text]) => `${time}${gap}${name} [${tag}] (${worker}) ${text}\n`);
const unstamped = fc.tuple(level, plugin, said).map(([name, tag, text]) => `${name} [${tag}] ${text}\n`);
const json = fc
  .tuple(level, plugin, thread, said, fc.constantFrom(0, 2), fc.constantFrom(1, 1, 0.7))
  .map(([name, tag, worker, text, indent, share]) => {
    const event = {
      timestamp: '2024-03-01T10:15:30.5Z',
      loggerName: tag,
      level: name,
      message: text,
      threadName: worker,
    };
    const whole = JSON.stringify(event, null, indent);
    return `${whole.slice(0, whole.length * share)}\n`;
  });
const stray = fc.constantFrom(
  ...[
    '\n',
    '\r\n',
    '\0\0\0',
    '\ufeff',
    '{\n',
    '}\n',
    '{\n\n',
    '{\n  "level": "ERROR",\n',
    '{"level":"ERROR"\n',
    '\x1b[31m',
    ' \n',
    '\t\n',
  ],
  ...[
    '\tat a.b.C.d(C.java:1)\n',
    'Caused by: x.Y: zeta\n',
    'Service: ',
    '12:',
    '2024-03-01 10:15:30,123 ERROR',
    'ERROR ',
    `${ERROR}\n`,
  ],
);
/** Around the limits of a record, of a block, and of what is carried over. */
const long = fc
  .tuple(
    fc.constantFrom('a', '\0', '{', '\n', ' ', 'zeta\n', '\tat zeta.A\n'),
    fc.constantFrom(8, 1000, 1024, 4096, 9000, 70_000),
    fc.integer({ min: -3, max: 3 }),
  )
  .map(([text, length, more]) => text.repeat(Math.max(1, Math.ceil((length + more) / text.length))));

const piece = fc.oneof(
  { weight: 6, arbitrary: stamped },
  { weight: 2, arbitrary: unstamped },
  { weight: 3, arbitrary: json },
  { weight: 4, arbitrary: stray },
  { weight: 1, arbitrary: long },
  { weight: 1, arbitrary: fc.constantFrom(...CORPUS).map(({ lines }) => `${lines.join('\n')}\n`) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.nat(1e6), fc.constantFrom(4, 40, 200))
      .map(([seed, lines]) => cleanLog({ seed, lines, pace: 2000 })),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) },
);

export const anyLog = fc
  .tuple(
    fc.array(piece, { maxLength: 60 }),
    fc.uint8Array({ maxLength: 20 }),
    fc.constantFrom('\n', '\n', '\r\n'),
  )
  .map(([pieces, noise, lineEnd]) =>
    Buffer.concat([Buffer.from(pieces.join('').replaceAll('\n', lineEnd)), Buffer.from(noise)]),
  );

export const anySizes = fc.record({
  inputSize: fc.constantFrom(4096, 8192, 512 * 1024),
  inputs: fc.constantFrom(1, 2, 3),
  carrySize: fc.constantFrom(72 * 1024, 80 * 1024, 512 * 1024),
  hits: fc.constantFrom(1, 100, 8192),
});

export const anyLimits = fc.constantFrom<RecordLimits>(
  DEFAULT_RECORD_LIMITS,
  { maxBytes: 1024, maxLines: 8 },
  { maxBytes: 6000, maxLines: 2000 },
);

interface Outcome {
  readonly findings: readonly Finding[];
  /** By the ids of the findings. */
  readonly contexts: ReadonlyMap<string, ScanContext>;
  readonly summary: object;
}

async function outcomeOf(
  source: Source,
  rules: RuleSet,
  recordLimits: RecordLimits,
  { since, context }: Pick<ScanSettings, 'since' | 'context'>,
  options?: SearchOptions,
  searchedSize = 0,
): Promise<Outcome> {
  const settings = settle({ rules, host: 'h', advice: false, recordLimits, since, context, searchedSize });
  const tally = new Tally('standard');
  const findings: Finding[] = [];
  const contexts = new Map<string, ScanContext>();
  for await (const event of scanSources([source], settings, tally, new Tools(settings, options))) {
    if (event.type === 'finding') findings.push(event);
    if (event.type === 'context') contexts.set(event.id, event);
  }
  const { durationMs: _, ...summary } = tally.summary(false);
  return { findings, contexts, summary };
}

/** Comes in chunks as they are cut; or, if `inBlocks`, as a file's bytes do. */
function sourceOf(bytes: Buffer, cuts: readonly number[], inBlocks: boolean): Source {
  return {
    path: 'oc.log',
    modified: new Date('2024-03-02T12:00:00Z'),
    rereadable: true,
    open: () => chunksOf(bytes, cuts),
    ...(inBlocks
      ? { blocks: async (from?: number, to?: number) => blocksOf(bytes.subarray(from, to), cuts) }
      : {}),
  };
}

function blocksOf(bytes: Buffer, cuts: readonly number[]): BlockReader {
  let at = 0;
  let reads = 0;
  const read = (target: Buffer): number => {
    // A disk may give less than it was asked for.
    const length =
      cuts.length === 0 ? target.length : 1 + ((cuts[reads++ % cuts.length] ?? 0) % target.length);
    const count = bytes.copy(target, 0, at, at + length);
    at += count;
    return count;
  };
  return {
    peek: (length) => Buffer.from(bytes.subarray(at, at + length)),
    read,
    readAhead(target) {
      // Whoever still needs what was there gets this; what comes is there when it is waited for.
      target.fill('\n2024-03-02 12:00:00,000 ERROR ');
    },
    async nextAhead(target) {
      await setImmediate();
      return read(target);
    },
    close: async () => undefined,
  };
}

export async function checkRoads(numRuns: number): Promise<void> {
  const builtIn = await builtInRules();
  await fc.assert(
    fc.asyncProperty(
      anyLog,
      fc.option(customRules, { freq: 2 }),
      fc.array(fc.nat(), { maxLength: 30 }),
      fc.boolean(),
      anySizes,
      anyLimits,
      fc.record({
        since: fc.constantFrom(Number.NEGATIVE_INFINITY, Date.parse('2024-03-01T10:15:31Z')),
        context: fc.constantFrom(0, 0, 2),
      }),
      // What is searched for is chosen anew more or less often.
      fc.constantFrom(1, 3, 4096),
      // A file below that is read record by record.
      fc.constantFrom(0, 0, 0, 1024, 2 ** 20),
      async (bytes, custom, cuts, inBlocks, sizes, limits, asked, patience, searchedSize) => {
        const rules = custom === null ? builtIn : await compileRules(custom);
        expect(rules.literals).not.toBeNull();
        const every = sourceOf(bytes, [], false);
        const slow = await outcomeOf(every, { ...rules, literals: null }, limits, asked);
        const within = inBlocks ? cuts : cuts.map((cut) => cut % (bytes.length + 1));
        const source = sourceOf(bytes, within, inBlocks);
        const fast = await outcomeOf(source, rules, limits, asked, { sizes, patience }, searchedSize);
        expect(fast).toEqual(slow);
      },
    ),
    { numRuns, ...seedFor(numRuns) },
  );
}
