// The log that a name stands for: its own, or, where a directory bears the name, the one in it. Most directories are there
// when following begins; one on a disk that is mounted later is not.
import { join } from 'node:path';
import { LIVE_NAME } from '../family.ts';
import type { Follower } from './follower.ts';
import type { FollowItem } from './item.ts';
import type { FollowOptions } from './options.ts';

type Open = (path: string, from: FollowOptions['from']) => Promise<Follower>;

/** `from` is for what is there at the beginning: a directory that comes later holds nothing but news. */
export async function* followNamed(
  path: string,
  from: FollowOptions['from'],
  open: Open,
): AsyncGenerator<FollowItem> {
  const end = yield* (await open(path, from)).items();
  if (end === 'directory') yield* (await open(join(path, LIVE_NAME), 'archives')).items();
}
