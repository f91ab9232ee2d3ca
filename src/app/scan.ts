// One scan: every input in turn through the pipeline. Memory does not grow with the input; nothing is printed.
import { redactLine } from '../findings/redact.ts';
import type { ScanError, ScanEvent } from '../findings/scan-event.ts';
import { describeProblem, type SourceError } from '../lib/errors.ts';
import { locateSources } from '../sources/locate.ts';
import { scanSource } from './scan-source.ts';
import { searchFor } from './search-for.ts';
import { type ScanOptions, type ScanSettings, settle } from './settings.ts';
import { Tally } from './tally.ts';

/**
 * Scans `paths` (files, directories, globs, or `-`) and yields the findings in the order of the records, an error for
 * each input that could not be read, wholly or in part, and the summary last. Throws only for faults of oclog itself.
 */
export async function* scan(paths: readonly string[], options: ScanOptions): AsyncGenerator<ScanEvent> {
  const settings = settle(options);
  const tally = new Tally(settings.redaction);
  const search = searchFor(settings.rules);
  const problems: SourceError[] = [];
  const report = (problem: SourceError): number => problems.push(problem);
  for await (const source of locateSources(
    paths,
    settings.inflateLimits,
    report,
    undefined,
    settings.meter,
  )) {
    yield* drain(problems, tally, settings);
    if (settings.signal?.aborted) break;
    tally.inputs += 1;
    for await (const event of scanSource(source, settings, tally, problems, search)) {
      if (event.type === 'finding') tally.countFinding(event);
      yield event;
    }
    yield* drain(problems, tally, settings);
  }
  yield* drain(problems, tally, settings);
  yield tally.summary(settings.signal?.aborted === true);
}

function* drain(problems: SourceError[], tally: Tally, { redaction }: ScanSettings): Generator<ScanError> {
  for (const problem of problems.splice(0)) {
    tally.errors += 1;
    yield {
      type: 'error',
      schemaVersion: 1,
      path: redactLine(problem.path, redaction),
      message: redactLine(describeProblem(problem), redaction),
    };
  }
}
