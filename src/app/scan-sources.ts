// Inputs in this thread, one after another: each through the whole pipeline, counted, with what kept it from being read.
import type { ScanEvent } from '../findings/scan-event.ts';
import type { Source } from '../sources/source.ts';
import { conclude, findingsIn, newIntake } from './scan-source.ts';
import { searchFor } from './search-for.ts';
import type { ScanSettings } from './settings.ts';
import type { Tally } from './tally.ts';

/** Reads the sources in turn until the signal. */
export async function* scanSources(
  sources: readonly Source[],
  settings: ScanSettings,
  tally: Tally,
  search = searchFor(settings.rules),
): AsyncGenerator<ScanEvent> {
  for (const source of sources) {
    if (settings.signal?.aborted) return;
    tally.inputs += 1;
    const intake = newIntake();
    for await (const event of findingsIn(source, settings, intake, search)) {
      if (event.type === 'finding') tally.countFinding(event);
      yield event;
    }
    conclude(source, intake, settings, tally);
    yield* tally.errorsOf(intake.problems);
  }
}
