// One JSON object a line, as it happens.

import { serialise, summaryFor } from '../findings/serialise.ts';
import type { Report } from './report.ts';

export function openNdjsonReport(): Report {
  return {
    isOfLines: true,
    take: (event) => `${serialise(event.type === 'summary' ? summaryFor(event) : event)}\n`,
    end: () => [],
  };
}
