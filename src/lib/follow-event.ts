// What happens to a followed log besides being written to. Field names are those of the NDJSON contract.

export interface FollowEvent {
  readonly type: 'event';
  readonly schemaVersion: 1;
  readonly event:
    | 'following'
    | 'rotated'
    | 'truncated'
    | 'replaced'
    | 'missing'
    | 'reappeared'
    | 'gap'
    | 'unreadable';
  readonly path: string;
  readonly offset: number;
  readonly detail: string;
}

/** The detail of a beginning without a log; what is the matter with it is the next event. */
export const NOT_YET = 'waits for it to appear';

export function followEvent(
  path: string,
  event: FollowEvent['event'],
  offset: number,
  detail: string,
): FollowEvent {
  return { type: 'event', schemaVersion: 1, event, path, offset, detail };
}
