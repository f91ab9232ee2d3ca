// Inputs in this thread, one after another: each through the whole pipeline, counted, with what kept it from being read.
import type { LentLines } from '../findings/finding-lines.ts';
import type { ScanEvent } from '../findings/scan-event.ts';
import type { Source } from '../sources/source.ts';
import { conclude, findingsIn, newIntake } from './scan-source.ts';
import type { ScanSettings } from './settings.ts';
import type { Tally } from './tally.ts';
import { Tools } from './tools.ts';

/** Reads the sources in turn until the signal. */
export async function* scanSources(
  sources: readonly Source[],
  settings: ScanSettings,
  tally: Tally,
  tools: Tools = new Tools(settings),
): AsyncGenerator<ScanEvent | LentLines> {
  for (const source of sources) {
    if (settings.signal?.aborted) return;
    tally.inputs += 1;
    const intake = newIntake();
    for await (const event of findingsIn(source, settings, intake, tools)) {
      if (event.type !== 'context') tally.countFindings(event);
      yield event.type === 'lines' ? tools.blocks.lend(event) : event;
    }
    conclude(source, intake, settings, tally);
    yield* tally.errorsOf(intake.problems);
  }
}
