// What is to be read of a family in this run: the rest of each content that is remembered, found by what it holds, then
// what came since; and what can be found nowhere.
import type { SourceError } from '../../lib/errors.ts';
import { since } from '../order.ts';
import type { Gap } from './gap.ts';
import { Known } from './known.ts';
import type { Family, Member } from './members.ts';
import { Part } from './part.ts';
import { type FamilyMemory, MOST_CONTENTS, type Place, type Position, printOf } from './position.ts';
import { findHolder, type Proof } from './proof.ts';

export interface PlanOptions {
  readonly now: number;
  /** At the first run: whether a log whose first record is of that time, and so those before it, can be left out. */
  readonly isTooOld: (time: number | null) => boolean;
  /** Whether the last record of a content is to be judged though it may not be over. */
  readonly isOverdue: (position: Position) => boolean;
  /** What is taken for reported once the held last record of a content was told, by the hash of its head. */
  readonly reportedOf: (head: string) => Place['reported'] | null;
}

/** In the order in which the contents began. */
export interface Entry {
  readonly member: Member | null;
  readonly position: Position | null;
  /** `null` where nothing is to be read. */
  readonly part: Part | null;
}

export interface Plan {
  readonly entries: readonly Entry[];
  readonly gaps: readonly Gap[];
  /** Hashes of the heads of contents whose held last record is to be told unread: they are gone, or out of reach for long. */
  readonly ended: readonly string[];
  /** What keeps archives that may be news from being read. */
  readonly troubles: readonly SourceError[];
  readonly known: Known;
  readonly horizon: number | null;
  /** Whether the archives that were left out have to be looked at after all. */
  readonly needsAll: boolean;
  /** Whether nothing waits to be looked at again, whatever the folders say. */
  readonly isAtRest: boolean;
}

/** By as much the end of summer time sets the clock back; an archive that was put back is older by far. */
const CLOCK_BACK_MS = 2 * 3_600_000;
/** A packed file without content that was written to so lately is still being packed. */
const BEING_WRITTEN_MS = 10 * 60_000;

type Held = ReadonlyMap<Member, { readonly position: Position; readonly proof: Proof }>;

export async function planReading(
  path: string,
  memory: FamilyMemory | null,
  family: Family,
  options: PlanOptions,
): Promise<Plan> {
  const { members } = family;
  const known = new Known(memory?.known ?? []);
  const { held, missing } = await match(memory?.contents ?? [], members);
  const wanted = new Set(newsIn(members, held, memory, known, options));
  const troubles = relevantTroubles(family, memory, options);
  const isPacking = family.packedAt !== null && options.now - family.packedAt < BEING_WRITTEN_MS;
  // What may yet turn up is not given up.
  const isUncertain = troubles.length > 0 || family.liveTrouble !== null || isPacking || family.isPart;
  const gaps = isUncertain ? [] : missing.flatMap((position) => gapAt(path, position) ?? []);
  const ended = missing.filter(
    (position) =>
      !(position.isLost || position.place.settled) && (!isUncertain || options.isOverdue(position)),
  );
  const entries: Entry[] = missing.map((position) => {
    const place = ended.includes(position) ? placeAfter(position, options) : position.place;
    return {
      member: null,
      position: { ...position, place, isLost: position.isLost || !isUncertain },
      part: null,
    };
  });
  for (const [index, member] of members.entries()) {
    const isSuperseded = !member.isLive && members.some((other, at) => at > index || other.isLive);
    if (held.has(member) || wanted.has(member))
      entries.push(await entryOf(member, held, isSuperseded, options));
    else known.add(printOf(member.head));
  }
  return {
    entries: liveLast(entries),
    gaps,
    ended: ended.map(({ head }) => head.hash),
    troubles,
    known,
    horizon: horizonOf(memory, members, wanted),
    isAtRest: !isUncertain || family.isPart,
    needsAll: family.isPart && !isSufficient(family, missing, wanted),
  };
}

/** Whether the log itself is what it was, and no content is missing that may be in an archive that was left out. */
function isSufficient(
  { liveTrouble, unreadable }: Family,
  missing: readonly Position[],
  wanted: ReadonlySet<Member>,
): boolean {
  const isElsewhere = ({ isLive, isLost, file }: Position): boolean => isLost || (!isLive && file.packed);
  const isAsExpected = wanted.size === 0 && missing.every(isElsewhere);
  return isAsExpected && liveTrouble === null && unreadable.length === 0;
}

/** Which member holds which content. */
async function match(
  contents: readonly Position[],
  members: readonly Member[],
): Promise<{ readonly held: Held; readonly missing: readonly Position[] }> {
  const held = new Map<Member, { readonly position: Position; readonly proof: Proof }>();
  const missing: Position[] = [];
  // The newest first: it is the one that most likely is where its name says.
  for (const position of contents.toReversed()) {
    const free = members.filter((member) => !held.has(member));
    const proof = await findHolder(position, free);
    if (proof === null) missing.unshift(position);
    else held.set(proof.member, { position, proof });
  }
  return { held, missing };
}

async function entryOf(
  member: Member,
  held: Held,
  isSuperseded: boolean,
  { isOverdue }: PlanOptions,
): Promise<Entry> {
  const found = held.get(member);
  if (found === undefined) {
    const size = member.archive.packed ? null : member.archive.file.size;
    return { member, position: null, part: await Part.open(member, null, isSuperseded, size) };
  }
  const { position, proof } = found;
  const isDue = !position.place.settled && (isSuperseded || isOverdue(position));
  if (proof.size <= position.end && !isDue) return { member, position: moved(position, member), part: null };
  // Where it is now is remembered once it is read: a packed file is not unpacked again if nothing about it changed.
  return { member, position, part: await Part.open(member, position, isSuperseded, proof.size) };
}

/** Contents that were never met. */
function newsIn(
  members: readonly Member[],
  held: ReadonlyMap<Member, unknown>,
  memory: FamilyMemory | null,
  known: Known,
  { isTooOld }: PlanOptions,
): readonly Member[] {
  if (memory === null) {
    const live = members.filter(({ isLive }) => isLive);
    const archives = members.filter(({ isLive }) => !isLive);
    const isLiveEnough = live.some(({ time }) => isTooOld(time));
    return [...(isLiveEnough ? [] : since(archives, isTooOld)), ...live];
  }
  const { horizon } = memory;
  return members.filter((member) => {
    if (held.has(member)) return false;
    if (member.isLive) return true;
    const { time } = member;
    return !known.has(member) && (time === null || horizon === null || time >= horizon);
  });
}

/** An archive that nobody may read is no trouble if it is older than all that counts. */
function relevantTroubles(
  { unreadable }: Family,
  memory: FamilyMemory | null,
  { isTooOld }: PlanOptions,
): readonly SourceError[] {
  return unreadable.flatMap(({ error, modified }) => {
    const isOld =
      modified !== null &&
      (memory === null ? isTooOld(modified) : memory.horizon !== null && modified < memory.horizon);
    return isOld ? [] : [error];
  });
}

function gapAt(path: string, { isLive, isLost, head, end, place }: Position): Gap | null {
  if (!isLive || isLost) return null;
  return {
    path,
    content: head.hash,
    from: place.settled ? end : place.offset,
    to: null,
    detail: 'it was cut, replaced or removed, and no archive holds the rest of it',
  };
}

/** Its last record was told unread: should it turn up, it is no news. */
function placeAfter({ place, head }: Position, { reportedOf }: PlanOptions): Place {
  const reported = reportedOf(head.hash);
  return reported === null ? place : { ...place, reported, settled: true };
}

/** Its file may have moved. */
function moved(position: Position, { archive, isLive, place: path }: Member): Position {
  const { identity, packed, modified, file } = archive;
  return {
    ...position,
    isLive,
    isLost: false,
    file: { path, identity, size: file.size, modified: modified.getTime(), packed },
  };
}

function liveLast(entries: readonly Entry[]): readonly Entry[] {
  const isLive = ({ member }: Entry): boolean => member?.isLive === true;
  return [...entries.filter((entry) => !isLive(entry)), ...entries.filter(isLive)];
}

function horizonOf(
  memory: FamilyMemory | null,
  members: readonly Member[],
  wanted: ReadonlySet<Member>,
): number | null {
  if (memory !== null) {
    const oldest = memory.contents.length < MOST_CONTENTS ? null : memory.contents[0]?.time;
    return oldest == null ? memory.horizon : Math.max(memory.horizon ?? oldest, oldest - CLOCK_BACK_MS);
  }
  const first = members.find((member) => wanted.has(member) && member.time !== null);
  return first?.time == null ? null : first.time - (first.isLive ? CLOCK_BACK_MS : 0);
}
