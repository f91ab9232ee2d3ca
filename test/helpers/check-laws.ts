// Laws of checking, tried on random lists of actions against a model that knows every byte that was written. At each run
// a check can read what is in a readable file of the family; then, over all runs: what a scan finds in those bytes is told
// once, in code, id, line and offset; nothing else is told, but for what a record looked like that was the last one at some
// run; bytes that were destroyed unread are told of, and no others.
import { chownSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@jest/globals';
// Loaded here: while a check runs as nobody, nothing can be added to what jest keeps.
import '../../src/findings/build.ts';
import { GAP } from '../../src/alerts/own-faults.ts';
import { check } from '../../src/app/check.ts';
import type { CheckSettings } from '../../src/app/check-settings.ts';
import type { Finding } from '../../src/findings/finding.ts';
import { checkSettings } from './checked.ts';
import { type Content, FamilyModel, LEAST_CONTENT } from './family-model.ts';
import { asNobody, findingsIn, isHollow, isRoot, stillOpen } from './follow-laws.ts';
import { tempFolder } from './sources.ts';

const NOBODY = 65534;
const AHEAD_MS = 5 * 60_000;
const NEVER_MS = 100 * 365 * 86_400_000;

/**
 * Words of the family's model, and `run` or `run soon`: the last record is over, or may go on. `run killed` ends before it
 * is remembered, and nobody heard it; `run stopped` has no time for more than a record.
 */
export interface CheckPlay {
  readonly actions: readonly string[];
}

interface Told {
  readonly findings: Finding[];
  gaps: number;
  /** Whether the last run could not know. */
  isUnknown: boolean;
  /** The content that bore the log's name at the last run that could read it. */
  readonly seenLive: Set<Content>;
  /** Whether more may have been read than the model knows. */
  isVague: boolean;
  /** Where contents ended at some run. */
  readonly ends: Map<Content, Set<number>>;
}

/** Plays it and checks every law; throws at the first that does not hold. */
export async function checkPlay({ actions }: CheckPlay): Promise<void> {
  const folder = tempFolder();
  const family = new FamilyModel(folder.path);
  const stateDir = join(folder.path, 'state');
  mkdirSync(stateDir, { mode: 0o700 });
  if (isRoot) chownSync(stateDir, NOBODY, NOBODY);
  // What was written seconds ago is believed to be what it was then: that is put to the test, too.
  const world = { now: () => Date.now() + AHEAD_MS, sleep: async () => undefined };
  const settings = await checkSettings(stateDir, { world }, { advice: false });
  const told: Told = {
    findings: [],
    gaps: 0,
    isUnknown: false,
    seenLive: new Set(),
    ends: new Map(),
    isVague: false,
  };
  const run = async (isLate: boolean): Promise<void> => {
    family.beforeRun();
    noteLive(family, told);
    noteEnds(family, told);
    await asNobody(() =>
      runOnce(family.livePath, { ...settings, recordTimeoutMs: isLate ? 0 : NEVER_MS }, told),
    );
  };
  try {
    for (const words of actions) {
      if (words === 'run' || words === 'run soon') await run(words === 'run');
      else if (words === 'run killed') await asNobody(() => runKilled(family.livePath, settings));
      else if (words === 'run stopped') {
        // It may come to the end all the same, and the model does not count that.
        told.isVague = true;
        await asNobody(() => runOnce(family.livePath, { ...settings, isAborted: () => true }, told));
      } else await family.do(words, () => run(false));
    }
    for (const words of ['allow reading', 'restart', 'write 1']) await family.do(words, () => run(false));
    await run(true);
    const { length } = told.findings;
    await run(true);
    expect(told.findings).toHaveLength(length);
    family.close();
    expect(stillOpen(folder.path)).toEqual([]);
    await judge(family, told, settings);
    // What a link led to is found where it was, though its name is gone.
    if (!actions.includes('switch link')) judgeGaps(family, told);
  } finally {
    family.close();
    folder.remove();
  }
}

async function runOnce(path: string, settings: CheckSettings, told: Told): Promise<void> {
  const answer = await check([path], settings, {
    finding: async (finding) => void told.findings.push(finding),
    answer: async () => undefined,
  });
  told.isUnknown = answer.status === 'UNKNOWN';
  told.gaps += answer.open.find(({ code }) => code === GAP.code)?.fresh ?? 0;
}

class Killed extends Error {}

/** What it read is none of the model's business: the next run is to read it all again. */
async function runKilled(path: string, settings: CheckSettings): Promise<void> {
  const killed = check([path], settings, {
    finding: async () => undefined,
    answer: async () => {
      throw new Killed();
    },
  });
  await expect(killed).rejects.toBeInstanceOf(Killed);
}

function noteLive(family: FamilyModel, { seenLive }: Told): void {
  const { liveContent } = family;
  for (const content of family.readableContents) seenLive.delete(content);
  if (liveContent !== null && family.isLiveReadable) seenLive.add(liveContent);
}

function noteEnds({ readableContents }: FamilyModel, { ends }: Told): void {
  for (const content of readableContents)
    ends.set(content, (ends.get(content) ?? new Set()).add(content.bytes.length));
}

async function judge(family: FamilyModel, told: Told, { scan }: CheckSettings): Promise<void> {
  const { findings } = told;
  const ids = findings.map(({ id }) => id);
  const twice = findings.filter(({ id }, index) => ids.indexOf(id) !== index).map(essence);
  const possible = new Set<string>();
  const wrong: string[] = [];
  const toldById = new Map(findings.map((finding) => [finding.id, finding]));
  const toldByPlace = new Map(findings.map((finding) => [placeOf(finding), finding]));
  for (const content of family.contents) {
    const whole = await findingsIn(content.bytes, scan);
    for (const finding of whole) possible.add(placeOf(finding));
    const isWhole = (finding?: Finding): boolean =>
      finding !== undefined && whole.some((one) => essence(one) === essence(finding));
    const wanted = isKnowable(content) ? content.bytes.subarray(0, content.readable) : undefined;
    for (const finding of await findingsIn(wanted, scan)) {
      const heard = toldById.get(finding.id) ?? toldByPlace.get(placeOf(finding));
      // Where more was seen than the model knows of, the whole is right as well.
      if (!isWhole(heard)) wrong.push(...compare(finding, heard));
    }
  }
  const invented = await inventedOf(told, possible, scan);
  expect({ twice, wrong, invented }).toEqual({ twice: [], wrong: [], invented: [] });
}

async function inventedOf(
  told: Told,
  possible: ReadonlySet<string>,
  scan: CheckSettings['scan'],
): Promise<readonly string[]> {
  const invented: string[] = [];
  for (const finding of told.findings)
    if (!possible.has(placeOf(finding)) && !(await wasLast(finding, told, scan)))
      invented.push(essence(finding));
  return invented;
}

/** Whether it is what the end of a content looked like at some run: another record may have been glued to half a line. */
async function wasLast(finding: Finding, { ends }: Told, scan: CheckSettings['scan']): Promise<boolean> {
  const { offset, bytes } = finding.source;
  for (const [content, lengths] of ends) {
    if (!lengths.has(offset + bytes)) continue;
    const then = await findingsIn(content.bytes.subarray(0, offset + bytes), scan);
    if (then.some((one) => essence(one) === essence(finding))) return true;
  }
  return false;
}

/** Shorter ones may begin alike, and so may holes. */
function isKnowable({ bytes, readable }: Content): boolean {
  return readable >= LEAST_CONTENT && !isHollow(bytes);
}

function compare(wanted: Finding, told: Finding | undefined): readonly string[] {
  if (told === undefined) return [`missed: ${essence(wanted)}`];
  // Half a line has another id than the whole, and may have been understood otherwise.
  if (told.id !== wanted.id && told.code !== wanted.code)
    return [`told only as ${essence(told)}: ${essence(wanted)}`];
  const isWhole = told.source.bytes >= wanted.source.bytes;
  return isWhole && essence(told) !== essence(wanted) ? [`${essence(wanted)}, told as ${essence(told)}`] : [];
}

function judgeGaps(
  { contents, removals, cuts }: FamilyModel,
  { gaps, isUnknown, isVague, seenLive }: Told,
): void {
  const isCutShort = ({ bytes, readable }: Content): boolean => readable < bytes.length;
  // It may be where nobody may look.
  if (!isUnknown && !isVague && [...seenLive].some((content) => isKnowable(content) && isCutShort(content)))
    expect(gaps).toBeGreaterThan(0);
  if (!contents.some(isCutShort) && removals + cuts === 0) expect(gaps).toBe(0);
}

/** Every record's thread is its own. */
function placeOf({ source: { line, offset }, record: { thread } }: Finding): string {
  return `${thread} ${line} ${offset}`;
}

function essence({ code, id, source: { line, offset }, record: { thread } }: Finding): string {
  return `${thread} ${code} ${id} line ${line} offset ${offset}`;
}
