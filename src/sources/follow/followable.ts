// Whether a file is of a kind that can be followed at all: said before anything is read, since nothing would ever come.
import type { Stats } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { SourceError } from '../../lib/errors.ts';
import { encodingOf, HEAD, isTar } from '../content.ts';
import { ByteCursor } from '../cursor.ts';
import { openFile } from '../file.ts';
import { recogniseFormat } from '../format.ts';

/** Magic numbers (statfs) of /proc and /sys: their files are made while they are read, and have no end to wait at. */
const GENERATED = new Set([0x9fa0, 0x62656572]);

interface Obstacle {
  readonly what: string;
  readonly hint: string;
}

/** What of the first bytes of an input is in the way; `null` if nothing is. */
export function obstacleIn(head: Buffer): Obstacle | null {
  const hint = 'read it with oclog scan';
  if (recogniseFormat(head) !== 'plain' || isTar(head))
    return { what: 'is packed, and nothing is added to it', hint };
  return encodingOf(head) === null ? null : { what: 'is written in UTF-16, which is not followed', hint };
}

/** Throws `SourceError`. One that may not be read yet is waited for. */
export async function expectFollowable(path: string, status: Stats): Promise<void> {
  const obstacle = (await isLogFile(path, status)) ? obstacleIn(await headOf(path)) : NO_LOG;
  if (obstacle !== null) throw new SourceError(path, `${path} ${obstacle.what}`, { hint: obstacle.hint });
}

const NO_LOG: Obstacle = { what: 'is no log file', hint: 'name a log, or the directory that holds oc.log' };

async function isLogFile(path: string, status: Stats): Promise<boolean> {
  const system = await statfs(path).catch(() => null);
  return status.isFile() && !(system !== null && GENERATED.has(system.type));
}

async function headOf(path: string): Promise<Buffer> {
  const file = await openFile(path).catch(() => null);
  if (file === null) return Buffer.alloc(0);
  const cursor = new ByteCursor(file.read(0, HEAD));
  try {
    return Buffer.from(await cursor.peek(HEAD));
  } finally {
    await cursor.close();
    await file.release();
  }
}
