// One JSON object a line, as it happens.

import type { Report } from './report.ts';
import { serialise, summaryFor } from './serialise.ts';

export function openNdjsonReport(): Report {
  return {
    take: (event) => `${serialise(event.type === 'summary' ? summaryFor(event) : event)}\n`,
    end: () => '',
  };
}
