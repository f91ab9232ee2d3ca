// Words for systemd's journal: a line that begins with a priority in angle brackets is filed under it, see sd-daemon(3).
import { fstatSync } from 'node:fs';
import type { Severity } from '../findings/finding.ts';
import type { FollowEvent } from '../lib/follow-event.ts';

/** As in syslog(3). */
export type Priority = 2 | 3 | 4 | 5 | 6;

const OF_SEVERITY = { critical: 2, warning: 4, info: 6 } as const satisfies Record<Severity, Priority>;

export function priorityOf(
  event: { readonly type: 'finding'; readonly severity: Severity } | FollowEvent,
): Priority {
  if (event.type === 'finding') return OF_SEVERITY[event.severity];
  switch (event.event) {
    case 'gap':
      return 3;
    case 'missing':
    case 'unreadable':
      return 4;
    default:
      return 6;
  }
}

/** Whether what is written there goes to the journal: systemd names the device and inode of its connection. */
export function isJournal(
  env: { readonly [name: string]: string | undefined },
  { fd }: { readonly fd?: number },
): boolean {
  const named = env['JOURNAL_STREAM'];
  if (named === undefined || fd === undefined) return false;
  try {
    const { dev, ino } = fstatSync(fd, { bigint: true });
    return named === `${dev}:${ino}`;
  } catch {
    return false;
  }
}

/** Every line is an entry of its own. */
export function prioritised(text: string, priority: Priority): string {
  return text.replace(/^(?=.)/gm, `<${priority}>`);
}
