// The files of a log's family as they are at one moment, each content once: the log itself, wherever its name leads, its
// archives there and here, and where a remembered content was last.
import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { SourceError } from '../../lib/errors.ts';
import { type Archive, archiveNames, openArchive } from '../archive.ts';
import { openAtRest, snapshotOf } from '../at-rest.ts';
import type { ArchiveName } from '../family.ts';
import { MOST_HELD } from '../file.ts';
import { headOf } from '../identity.ts';
import { orderFamily } from '../order.ts';
import { probe } from '../probe.ts';
import type { InflateLimits, Source } from '../source.ts';
import { findTwins, type Probed } from '../twins.ts';

/** One content. */
export interface Member {
  readonly archive: Archive;
  readonly source: Source;
  readonly name: ArchiveName;
  readonly head: Buffer;
  readonly time: number | null;
  readonly isLive: boolean;
  /** Where it lies, links followed. */
  readonly place: string;
}

export interface Family {
  /** The oldest first; what others repeat, or begin with, is left out, and so is what is empty. */
  readonly members: readonly Member[];
  /** Whether there is a log that can be read, and what keeps it from being read if not. */
  readonly liveTrouble: SourceError | null;
  /** Archives that cannot be read, with their last change. */
  readonly unreadable: readonly Unreadable[];
  /** When a packed file was last changed in which nothing can be read yet. */
  readonly packedAt: number | null;
  /** See `FamilyMemory.folders`. */
  readonly folders: readonly string[];
  /** Whether archives were left out, since nothing came or went beside the log. */
  readonly isPart: boolean;
  release(): Promise<void>;
}

interface Unreadable {
  readonly error: SourceError;
  /** Milliseconds. */
  readonly modified: number | null;
}

/** A file system whose clock ticks slowly may change twice without showing it. */
const SLOW_TICK_MS = 2000;
/** VNA is never silent for so long. */
const UNTOLD_MS = 24 * 3_600_000;

interface Opened {
  readonly archive: Archive | null;
  readonly unreadable: Unreadable | null;
  readonly isLive: boolean;
  release(): Promise<void>;
}

/** The log's name, and the one that it leads to. */
async function namesOf(path: string): Promise<readonly string[]> {
  const real = await realpath(path).catch(() => path);
  const folder = await realpath(dirname(path)).catch(() => dirname(path));
  return real === join(folder, basename(path)) ? [path] : [path, real];
}

/** How the folders are now; one that changed lately says nothing for sure and is left out. */
async function stampsOf(paths: readonly string[], now: number): Promise<readonly string[]> {
  const stamps = await Promise.all(
    [...new Set(paths.map((path) => dirname(path)))].map(async (folder) => {
      const status = await stat(folder, { bigint: true }).catch(() => null);
      if (status === null || now - Number(status.mtimeMs) < SLOW_TICK_MS) return null;
      return `${folder}\0${status.dev}:${status.ino}:${status.mtimeNs}`;
    }),
  );
  return stamps.includes(null) ? [] : stamps.filter((stamp) => stamp !== null);
}

export interface FamilyOptions {
  /** Where contents were last, in case they are elsewhere. */
  readonly hints: readonly string[];
  readonly limits: InflateLimits;
  readonly now: number;
  /** Folders in which nothing came or went if they are still like this; see `FamilyMemory.folders`. */
  readonly folders: readonly string[];
}

/** Whether nothing came or went beside the log: then what is remembered of its archives holds. */
function isAsBefore(folders: readonly string[], before: readonly string[]): boolean {
  return folders.length > 0 && folders.join('\n') === before.join('\n');
}

export async function openFamily(path: string, options: FamilyOptions): Promise<Family> {
  const { hints, limits, now } = options;
  const names = await namesOf(path);
  const folders = await stampsOf(names, now);
  const isPart = isAsBefore(folders, options.folders);
  const opened = await openAtRest(
    async () => (await Promise.all(names.map(snapshotAt))).join('\0\0'),
    () => openAll(path, isPart ? [] : names, hints, limits),
  );
  const release = async (): Promise<void> => {
    for (const one of opened) await one.release();
  };
  try {
    const live = opened.find(({ isLive }) => isLive);
    const archives = opened.flatMap(({ archive, isLive }) => (archive === null ? [] : [{ archive, isLive }]));
    return {
      members: await membersOf(archives, names.at(-1) ?? path),
      liveTrouble: live?.unreadable?.error ?? null,
      unreadable: opened.flatMap(({ unreadable, isLive }) =>
        unreadable === null || isLive ? [] : [unreadable],
      ),
      packedAt: packedAt(archives.map(({ archive }) => archive)),
      folders: isAwaited(archives, now) ? [] : folders,
      isPart,
      release,
    };
  } catch (error) {
    await release();
    throw error;
  }
}

/** Whether a writer that was not told of a rotation may yet begin to write to what was rotated empty. */
function isAwaited(archives: readonly Found[], now: number): boolean {
  return archives.some(
    ({ archive: { file, modified }, isLive }) =>
      !isLive && file.size === 0 && now - modified.getTime() < UNTOLD_MS,
  );
}

function packedAt(archives: readonly Archive[]): number | null {
  const times = archives
    .filter(({ packed, probe: { damaged } }) => packed && damaged)
    .map(({ modified }) => modified.getTime());
  return times.length === 0 ? null : Math.max(...times);
}

async function snapshotAt(path: string): Promise<string> {
  const folder = dirname(path);
  const live = basename(path);
  return snapshotOf(folder, [{ name: live }, ...(await archiveNames(folder, live))]);
}

async function openAll(
  path: string,
  names: readonly string[],
  hints: readonly string[],
  limits: InflateLimits,
): Promise<readonly Opened[]> {
  const opened: Opened[] = [];
  const seen = new Set<string>();
  for (const [at, name] of await placesOf(path, names, hints)) {
    const one = await openOne(at, name, limits);
    const identity = one.archive?.identity ?? null;
    const isAgain = identity !== null && seen.has(identity);
    if (identity !== null) seen.add(identity);
    // Descriptors are few; what is read later is opened again.
    if (isAgain || seen.size > MOST_HELD) await one.release();
    // A hint leads nowhere in most cases.
    if (!isAgain && (name.live || !isGone(one))) opened.push(one);
  }
  return opened;
}

/** Where members may be; the log itself first. */
async function placesOf(
  path: string,
  names: readonly string[],
  hints: readonly string[],
): Promise<ReadonlyMap<string, ArchiveName>> {
  const found = new Map<string, ArchiveName>([[path, nameOf(path, true)]]);
  for (const name of names)
    for (const archive of await archiveNames(dirname(name), basename(name)))
      found.set(join(dirname(name), archive.name), archive);
  for (const hint of hints) if (!found.has(hint)) found.set(hint, nameOf(hint, false));
  return found;
}

function isGone({ unreadable }: Opened): boolean {
  return unreadable !== null && unreadable.modified === null;
}

function nameOf(path: string, live: boolean): ArchiveName {
  return { live, date: null, rest: '', index: null, name: basename(path) };
}

async function openOne(path: string, name: ArchiveName, limits: InflateLimits): Promise<Opened> {
  try {
    const archive = await openArchive(path, name, limits);
    return { archive, unreadable: null, isLive: name.live, release: () => archive.release() };
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    const modified = (await stat(path).catch(() => null))?.mtimeMs ?? null;
    return {
      archive: null,
      unreadable: { error, modified },
      isLive: name.live,
      release: async () => undefined,
    };
  }
}

async function membersOf(archives: readonly Found[], live: string): Promise<readonly Member[]> {
  const looked = (await Promise.all(archives.map((found) => contentsOf(found, live)))).flat();
  const twins = await findTwins(looked.map(({ probed }) => probed));
  return orderFamily(looked.filter(({ probed }) => !twins.has(probed)).map(({ member }) => member));
}

interface Found {
  readonly archive: Archive;
  readonly isLive: boolean;
}

interface Looked {
  readonly member: Member;
  readonly probed: Probed;
}

/** What a file holds, but for what is empty. */
async function contentsOf({ archive, isLive }: Found, live: string): Promise<readonly Looked[]> {
  const worth = isLive ? 2 : archive.packed ? 0 : 1;
  const found: Looked[] = [];
  for (const source of archive.sources) {
    const seen = source === archive.sources[0] ? archive.probe : await probe(source);
    const { time, head } = seen;
    const place = isLive ? live : archive.path;
    const member = { archive, source, name: archive.name, head: headOf(head), time, isLive, place };
    if (head.length > 0) found.push({ member, probed: { source, probe: seen, worth } });
  }
  return found;
}
