// The law of known wordings: what is found in a record by its wording is, to the byte, what is found in it by a look.
import { expect, jest } from '@jest/globals';
import fc from 'fast-check';
import { Wordings } from '../../src/app/known/wordings.ts';
import { scanSources } from '../../src/app/scan-sources.ts';
import { type ScanSettings, settle } from '../../src/app/settings.ts';
import { Tally } from '../../src/app/tally.ts';
import { Tools } from '../../src/app/tools.ts';
import { guard } from '../../src/findings/redact.ts';
import { serialise } from '../../src/findings/serialise.ts';
import { findZone } from '../../src/lib/find-zone.ts';
import { DEFAULT_RECORD_LIMITS } from '../../src/records/record.ts';
import { compileRules, type RuleSet } from '../../src/rules/compile.ts';
import type { Rule } from '../../src/rules/rule.ts';
import type { Source } from '../../src/sources/source.ts';
import { ruleOf } from '../rules/example.ts';
import { collectGarbage } from './garbage.ts';
import { chunksOf } from './records.ts';
import { repeatedLog } from './repeated.ts';
import { customRules } from './roads.ts';
import { builtInRules } from './scan.ts';
import { seedFor } from './seed.ts';

/** Each run opens memories for the kernel, whose addresses are used up long before anybody minds their bytes. */
const COLLECTED = 1000;

/** Rules that look at what is exchanged. */
const PRYING: readonly Partial<Rule>[] = [
  { match: { fact: 'aws.requestId', startsWith: '74aa' } },
  { match: { regex: 'Request ID: [a-f]' } },
  { match: { contains: 'default task-12' } },
  { match: { fact: 'record.thread', equals: 'pool-7-thread-2' } },
  { match: { contains: 'AmazonHttpClient.java:541' } },
  {
    match: { fact: 'aws.status', equals: 403 },
    capture: { id: { regex: 'Request ID: (?P<v>7[0-9a-f-]+)' } },
  },
  { match: { contains: '10:15:30,124' } },
  { match: { fact: 'aws.status', gte: 100 } },
  { match: { fact: 'aws.message', regex: '74aa|default|Thread' } },
  { match: { fact: 'record.category', regex: '74aa|X' } },
  {
    match: {
      all: [
        { fact: 'aws.requestId', exists: true },
        { fact: 'key.kind', exists: true },
      ],
    },
  },
];

function sourceOf(bytes: Buffer, path = 'oc.log'): Source {
  return {
    path,
    modified: new Date('2024-03-02T12:00:00Z'),
    rereadable: true,
    open: () => chunksOf(bytes, []),
  };
}

async function textOf(sources: readonly Source[], settings: ScanSettings): Promise<string> {
  const tally = new Tally(settings.redaction);
  let text = '';
  for await (const event of scanSources(sources, settings, tally, new Tools(settings))) {
    if (event.type === 'finding') text += `${guard(serialise(event))}\n`;
    if (event.type === 'lines') text += Buffer.from(event.bytes).toString();
  }
  const { durationMs: _, ...summary } = tally.summary(false);
  return text + serialise(summary);
}

const anyRules = fc.oneof(
  fc.constant(null),
  fc.constant(null),
  fc
    .subarray([...PRYING.keys()], { minLength: 1, maxLength: 3 })
    .map((chosen) => chosen.map((at) => ruleOf({ ...PRYING[at], id: `acme.pry${at}`, code: `PRY${at}` }))),
  customRules,
);

/** Holds what is known of logs against a look at each record, and yields what both say. */
export async function expectKnown(
  logs: readonly Buffer[],
  rules: RuleSet,
  more: Partial<ScanSettings>,
  names: readonly string[] = ['oc.log'],
): Promise<string> {
  const settings = settle({ rules, host: 'h', advice: false, learnsBehind: 0, ...more });
  const sources = logs.map((bytes, at) => sourceOf(bytes, names[at]));
  const looked = await textOf(sources, { ...settings, rules: { ...rules, literals: null } });
  expect(await textOf(sources, settings)).toBe(looked);
  expect(await textOf(sources, { ...settings, lines: true })).toBe(looked);
  return looked;
}

export async function checkKnown(numRuns: number): Promise<void> {
  let runs = 0;
  let filled = 0;
  const builtIn = await builtInRules();
  const repeated = jest.spyOn(Wordings.prototype, 'templatesFor');
  await fc.assert(
    fc.asyncProperty(
      repeatedLog,
      anyRules,
      fc.constantFrom(
        DEFAULT_RECORD_LIMITS,
        { maxBytes: 420, maxLines: 2000 },
        { maxBytes: 9000, maxLines: 4 },
      ),
      fc.constantFrom<Partial<ScanSettings>>(
        {},
        {},
        { redaction: 'strict' },
        { advice: true },
        { zone: findZone('Europe/Berlin') },
        { since: Date.parse('2024-03-01T10:15:30.124Z'), zone: findZone('UTC') },
        { minSeverity: 'critical' },
        { host: 'hé"st' },
      ),
      async (bytes, custom, recordLimits, more) => {
        const rules: RuleSet = custom === null ? builtIn : await compileRules([...builtIn.rules, ...custom]);
        runs += 1;
        if (runs % COLLECTED === 0) collectGarbage();
        await expectKnown([bytes], rules, { recordLimits, ...more });
        filled += repeated.mock.results.filter(({ value }) => value !== null).length;
        // It keeps whatever it was called on, and with that a memory of the kernel's.
        repeated.mockClear();
      },
    ),
    { numRuns, ...seedFor(numRuns) },
  );
  // Or nothing was tested.
  expect(filled).toBeGreaterThan(numRuns);
}
