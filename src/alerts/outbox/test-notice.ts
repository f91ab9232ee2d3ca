// A notice that says nothing but that a channel works.
import type { Notice } from '../alert.ts';
import { digest } from '../ids.ts';

/** `at` makes each its own: a receiver must not drop the second as known. */
export function testNotice(host: string, at: number): Notice {
  return {
    schemaVersion: 1,
    id: digest(['test', host, at], 16),
    group: digest(['test', host], 12),
    ...{ reason: 'test', state: 'resolved', severity: 'info', host, plugin: null, account: null },
    ...{ incidents: [], omitted: 0, open: 0, heldBack: 0, muted: 0, advice: {}, at },
  };
}
