// The records around a finding's, where a report shows evidence in its surroundings.
import type { Finding } from '../findings/finding.ts';
import type { ScanContext } from '../findings/scan-event.ts';
import type { LogRecord } from '../records/record.ts';
import type { Source } from '../sources/source.ts';
import type { ScanSettings } from './settings.ts';

/** For one input. What it shows goes to where the findings go, behind the finding that it is about. */
export interface Neighbours {
  /** Whether every record of the input has to be met. */
  readonly needsAll: boolean;
  /** Takes a record, before it is judged. */
  meet(record: LogRecord): void;
  /** `record` gave `finding`, and was met last. */
  surround(finding: Finding, record: LogRecord): Promise<void> | undefined;
  /** All records have been met. */
  end(): void;
}

const NONE: Neighbours = {
  needsAll: false,
  meet: () => undefined,
  surround: () => undefined,
  end: () => undefined,
};

export async function neighboursIn(
  source: Source,
  settings: ScanSettings,
  show: (context: ScanContext) => void,
): Promise<Neighbours> {
  if (settings.context === 0) return NONE;
  // Loaded here: one report asks for them.
  const { openNeighbours } = await import('./shown-neighbours.ts');
  return await openNeighbours(source, settings, show);
}
