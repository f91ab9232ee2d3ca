// Laws of following, tried on random lists of actions against a model that knows every byte that was written.
// At each look a follower can read what is in a readable file of the family, and what it holds open; then:
// each content is handed on once, as one unbroken beginning that is at least as long as what could be read at some look;
// the findings in it are those of a scan of the same bytes, in code, id, line and offset; a cut of what was being read
// is told, and nothing is told that did not happen; nothing stays open.
// Nobody may not keep what is translated: what is loaded only when it is needed is loaded here.
import '../../src/findings/build.ts';
import '../../src/sources/gzip.ts';
import '../../src/sources/zip-sources.ts';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@jest/globals';
// What is loaded when it is first needed must be there before that happens as someone else, who may read no source.
import '../../src/findings/build.ts';
import '../../src/rules/regex.ts';
import '../../src/sources/gzip.ts';
import '../../src/sources/system-decoder.ts';
import '../../src/sources/zip-sources.ts';
import { clockOfNow, LiveLog } from '../../src/app/live-log.ts';
import { scanSources } from '../../src/app/scan-sources.ts';
import { type ScanSettings, settle } from '../../src/app/settings.ts';
import { Tally } from '../../src/app/tally.ts';
import type { Finding } from '../../src/findings/finding.ts';
import type { FollowEvent } from '../../src/lib/follow-event.ts';
import type { FollowItem, GenerationStart } from '../../src/sources/follow/item.ts';
import { type Content, FamilyModel, LEAST_CONTENT } from './family-model.ts';
import { followByHand } from './hand-waker.ts';
import { builtInRules, scanPaths } from './scan.ts';
import { tempFolder } from './sources.ts';

export interface Play {
  readonly from: 'end' | 'start' | 'archives';
  readonly before: readonly string[];
  readonly actions: readonly string[];
}

interface Stream {
  readonly start: GenerationStart;
  readonly log: LiveLog;
  readonly findings: Finding[];
  bytes: Buffer;
}

export const isRoot = process.geteuid?.() === 0;

/** Root may read everything: while the follower looks, it is someone else. */
export async function asNobody(look: () => Promise<void>): Promise<void> {
  if (isRoot) process.seteuid?.(65534);
  try {
    await look();
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}

class Listener {
  readonly streams = new Map<number, Stream>();
  readonly events: FollowEvent[] = [];
  readonly #settings: ScanSettings;

  constructor(settings: ScanSettings) {
    this.#settings = settings;
  }

  readonly take = async (item: FollowItem): Promise<void> => {
    if (item.type === 'event') this.events.push(item);
    else if (item.type === 'start') this.#start(item);
    else if (item.type !== 'caught-up') await this.#feed(item);
  };

  async idle(): Promise<void> {
    for (const { log, findings } of this.streams.values())
      for await (const finding of log.flush()) findings.push(finding);
  }

  #start(start: GenerationStart): void {
    expect(this.streams.has(start.generation)).toBe(false);
    const log = new LiveLog(start, this.#settings, clockOfNow(undefined, Date.now));
    this.streams.set(start.generation, { start, log, findings: [], bytes: Buffer.alloc(0) });
  }

  async #feed(item: FollowItem & { readonly type: 'bytes' | 'end' }): Promise<void> {
    const stream = this.streams.get(item.generation);
    if (stream === undefined) throw new Error(`${item.type} of a generation that never started`);
    const { log, findings } = stream;
    if (item.type === 'bytes') stream.bytes = Buffer.concat([stream.bytes, item.chunk]);
    for await (const finding of item.type === 'end' ? log.end() : log.push(item.chunk))
      findings.push(finding);
  }
}

/** Plays it and checks every law; throws at the first that does not hold. */
export async function check({ from, before, actions }: Play): Promise<void> {
  const folder = tempFolder();
  const family = new FamilyModel(folder.path);
  const settings = settle({ rules: await builtInRules(), host: 'vna-test', advice: false });
  const listener = new Listener(settings);
  try {
    for (const words of before) await family.do(words, async () => undefined);
    if (from !== 'archives') family.forgetArchives();
    const newFrom = from === 'end' && family.isLiveReadable ? (family.liveContent?.bytes.length ?? 0) : 0;
    const first = family.liveContent;
    if (first !== null) first.isOld = false;
    family.beforeLook();
    if (isRoot) process.seteuid?.(65534);
    const follower = await followByHand(family.livePath, from, listener.take).finally(() => {
      if (isRoot) process.seteuid?.(0);
    });
    const look = async (): Promise<void> => {
      family.beforeLook();
      await asNobody(() => follower.look());
    };
    for (const words of actions) {
      if (words === 'idle') await listener.idle();
      else await family.do(words, look);
    }
    // What came and went unseen is looked for when a new log bears the name.
    for (const words of ['allow reading', 'restart', 'write 1', 'look']) await family.do(words, look);
    family.beforeLook();
    await asNobody(() => follower.end());
    family.close();
    expect(stillOpen(folder.path)).toEqual([]);
    await judge(family, listener, settings, newFrom > 0 ? first : null, newFrom);
  } finally {
    family.close();
    folder.remove();
  }
}

async function judge(
  family: FamilyModel,
  { streams, events }: Listener,
  settings: ScanSettings,
  first: Content | null,
  newFrom: number,
): Promise<void> {
  const handedOn = assign(family, [...streams.values()]);
  const told: Finding[] = [];
  for (const { start, bytes, findings } of streams.values()) {
    const wanted = await findingsIn(
      handedOn.get(start.generation)?.bytes.subarray(0, start.offset + bytes.length),
      settings,
    );
    expect(findings.map(essence)).toEqual(
      wanted
        .filter(({ source }) => source.offset >= start.offset && source.offset + source.bytes > start.newFrom)
        .map(essence),
    );
    told.push(...findings);
  }
  if (first !== null) expect([...streams.values()][0]?.start.newFrom).toBe(newFrom);
  await compareWithDisk(family, told);
  judgeEvents(family, events, handedOn, [...streams.values()]);
}

/** A hole of that size at the beginning is like any other: archives of two such contents are not told apart. */
const HOLE = 1024;

export const isHollow = (bytes: Buffer): boolean =>
  bytes.length >= HOLE && bytes.subarray(0, HOLE).every((byte) => byte === 0);

/** The content of which each stream is a beginning; every content that could be read must have one, and one only. */
function assign({ contents }: FamilyModel, streams: readonly Stream[]): Map<number, Content> {
  const left = new Set(streams.filter(({ start, bytes }) => start.offset + bytes.length >= LEAST_CONTENT));
  const found = new Map<number, Content>();
  const lost: string[] = [];
  for (const content of contents.toSorted((a, b) => b.readable - a.readable)) {
    if (content.isOld) continue;
    const mayBeMissed = content.isHardlyOld || content.readable < LEAST_CONTENT || isHollow(content.bytes);
    const stream = [...left]
      .filter(({ start: { offset }, bytes }) =>
        content.bytes.subarray(offset, offset + bytes.length).equals(bytes),
      )
      .sort((a, b) => b.bytes.length - a.bytes.length)[0];
    if (stream !== undefined && stream.start.offset + stream.bytes.length >= content.readable) {
      left.delete(stream);
      found.set(stream.start.generation, content);
    } else if (content.readable > (stream?.start.offset ?? 0) && !mayBeMissed) {
      lost.push(
        `${describe(content)}: ${content.readable} bytes could be read, ${stream?.bytes.length ?? 0} came`,
      );
    }
  }
  expect(lost).toEqual([]);
  expect(
    [...left].map(({ start, bytes }) => `twice, or never written: ${start.path} ${numbersIn(bytes)}`),
  ).toEqual([]);
  return found;
}

function judgeEvents(
  { cuts, contents, removals }: FamilyModel,
  events: readonly FollowEvent[],
  handedOn: ReadonlyMap<number, Content>,
  streams: readonly Stream[],
): void {
  const lengths = new Map(
    streams.map(({ start, bytes }) => [handedOn.get(start.generation), start.offset + bytes.length]),
  );
  const count = (wanted: FollowEvent['event']): number =>
    events.filter(({ event }) => event === wanted).length;
  const cutInView = contents.filter((content) => content.wasCutInView && !content.isOld);
  const isLost = contents.some((content) => (lengths.get(content) ?? 0) < content.bytes.length);
  expect({ truncated: count('truncated'), atMost: cuts }).toEqual({
    truncated: expect.any(Number),
    atMost: cuts,
  });
  expect(count('truncated')).toBeGreaterThanOrEqual(cutInView.length);
  expect(count('truncated')).toBeLessThanOrEqual(cuts);
  const mayBeLost = isLost || contents.some(({ wasCutUnsaved }) => wasCutUnsaved);
  if (!mayBeLost && removals === 0) expect(count('gap')).toBe(0);
}

/** What a scan of the surviving files finds is what was told of them; and the model is right about them. */
async function compareWithDisk(family: FamilyModel, told: readonly Finding[]): Promise<void> {
  for (const [name, bytes] of family.files()) {
    if (/gz|zip/.test(name)) continue;
    expect(readFileSync(join(family.folder, name)).equals(bytes)).toBe(true);
  }
  if (!existsSync(family.livePath)) return;
  const { findings } = await scanPaths([family.folder], { advice: false });
  const byThread = new Map(told.map((finding) => [finding.record.thread, finding]));
  for (const finding of findings) {
    const same = byThread.get(finding.record.thread);
    if (same === undefined) continue;
    // A copy may hold less of a record than the log itself.
    const isWhole = finding.source.bytes === same.source.bytes;
    const { line, offset } = same.source;
    expect(isWhole ? essence(finding) : finding.source).toEqual(
      isWhole ? essence(same) : expect.objectContaining({ line, offset }),
    );
  }
}

function essence({ code, id, source: { line, offset }, record: { thread } }: Finding): string {
  return `${thread} ${code} ${id} line ${line} offset ${offset}`;
}

export async function findingsIn(
  bytes: Buffer | undefined,
  settings: ScanSettings,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  if (bytes === undefined) return findings;
  const source = {
    path: 'oc.log',
    modified: new Date(),
    rereadable: true,
    async *open() {
      yield Buffer.from(bytes);
    },
  };
  for await (const event of scanSources([source], settings, new Tally('standard')))
    if (event.type === 'finding') findings.push(event);
  return findings;
}

function describe({ id, bytes }: Content): string {
  return `content ${id} (${numbersIn(bytes)})`;
}

function numbersIn(bytes: Buffer): string {
  const numbers = [...bytes.toString('latin1').matchAll(/\(task-(\d+)\)/g)].map(([, number]) => number);
  return numbers.length === 0 ? `${bytes.length} bytes` : `records ${numbers.join(' ')}`;
}

export function stillOpen(folder: string): readonly string[] {
  if (!existsSync('/proc/self/fd')) return [];
  return readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      const target = readlinkSync(`/proc/self/fd/${fd}`);
      return target.startsWith(folder) ? [target] : [];
    } catch {
      return [];
    }
  });
}
