// What a report that can only be written at the end keeps of a scan. Memory is bounded by the number of faults.
import { FaultGroups } from '../findings/group.ts';
import type { ScanContext, ScanError, ScanEvent, ScanSummary } from '../findings/scan-event.ts';
import { keep } from '../lib/detached.ts';
import { pack } from '../lib/pack.ts';

/** More unreadable inputs than this are counted, not listed. */
const MAX_ERRORS = 1000;
const MAX_CONTEXTS = 5000;

export class Collected {
  readonly faults = new FaultGroups();
  readonly errors: ScanError[] = [];
  /** By the id of the finding they surround. */
  readonly contexts = new Map<string, () => ScanContext>();
  summary: ScanSummary | null = null;

  take(event: ScanEvent): void {
    switch (event.type) {
      case 'finding':
        this.faults.add(event);
        break;
      case 'context':
        if (this.contexts.size < MAX_CONTEXTS && this.faults.shows(event.id))
          this.contexts.set(event.id, (this.faults.areMany ? pack : keep)(event));
        break;
      case 'error':
        if (this.errors.length < MAX_ERRORS) this.errors.push(event);
        break;
      case 'summary':
        this.summary = event;
    }
  }
}
