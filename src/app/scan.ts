// One scan: every input in turn through the pipeline. Memory does not grow with the input; nothing is printed.
import type { LentLines } from '../findings/finding-lines.ts';
import type { ScanEvent } from '../findings/scan-event.ts';
import type { SourceError } from '../lib/errors.ts';
import { locateInputs } from '../sources/locate.ts';
import { scanSources } from './scan-sources.ts';
import { type ScanOptions, type ScanSettings, settle } from './settings.ts';
import { Tally } from './tally.ts';
import { Tools } from './tools.ts';

/** So many parts of a file are much to read: with less no other thread is worth its start. */
const LEAST_PARTS = 2;
/** With so much to read, in bytes of a plain file, larger blocks save more than they cost. */
const SOME = 32 * 1024 ** 2;
const LARGE = { inputSize: 2 * 1024 ** 2 };
/** One thread of the system's reads while another searches: in blocks that make up for the handing over. */
const READ_AHEAD = { inputSize: 3 * 1024 ** 2, inputs: 3 };

/**
 * Scans `paths` (files, directories, globs, or `-`) and yields the findings in the order of the records, an error for
 * each input that could not be read, wholly or in part, and the summary last. Throws only for faults of oclog itself.
 */
export async function* scan(paths: readonly string[], options: ScanOptions): AsyncGenerator<ScanEvent> {
  for await (const event of scanAll(paths, settle({ ...options, lines: false })))
    if (event.type !== 'lines') yield event;
}

/** The same with the findings as lines of NDJSON, many at a time, in memory that is used again when it is given back. */
export function scanToLines(
  paths: readonly string[],
  options: ScanOptions,
): AsyncGenerator<ScanEvent | LentLines> {
  return scanAll(paths, settle({ ...options, lines: true, context: 0 }));
}

async function* scanAll(
  paths: readonly string[],
  settings: ScanSettings,
): AsyncGenerator<ScanEvent | LentLines> {
  const { inflateLimits, jobs, meter, partSize, redaction, signal } = settings;
  const tally = new Tally(redaction);
  let tools: Tools | null = null;
  const unfound: SourceError[] = [];
  const report = (problem: SourceError): number => unfound.push(problem);
  const inputs = locateInputs(paths, inflateLimits, report, undefined, meter);
  for await (const input of inputs) {
    yield* tally.errorsOf(unfound.splice(0));
    if (signal?.aborted) break;
    const much = LEAST_PARTS * partSize;
    const work = input.work + input.workBehind;
    const isMuch = work >= much;
    tools ??= isMuch && jobs > 1 ? toolsToReadAhead(settings) : toolsFor(work, settings);
    // The reading of one plain file keeps two threads busy already.
    const needed = input.packed || input.workBehind >= much ? 2 : 3;
    if (isMuch && jobs >= needed) {
      // Loaded here: most scans are over before a thread has started.
      const { scanInParallel } = await import('./parallel/scan-inputs.ts');
      yield* scanInParallel(input, inputs, settings, tally, tools);
      break;
    }
    yield* scanSources(input.sources, settings, tally, tools);
  }
  yield* tally.errorsOf(unfound.splice(0));
  yield tally.summary(signal?.aborted === true);
}

function toolsFor(work: number, settings: ScanSettings): Tools {
  return new Tools(settings, work >= SOME ? { sizes: LARGE } : {});
}

function toolsToReadAhead(settings: ScanSettings): Tools {
  settings.onReadAhead?.();
  return new Tools(settings, { sizes: READ_AHEAD });
}
