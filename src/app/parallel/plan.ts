// Inputs -> the units in which they are read: a large plain file in segments, everything else as it is.
import { firstHeader } from '../../records/first-header.ts';
import { LineBytes } from '../../records/line-bytes.ts';
import type { RecordLimits } from '../../records/record.ts';
import type { LogFile } from '../../sources/file.ts';
import type { Input } from '../../sources/locate.ts';
import { nullIfKnown, openBlocks } from '../../sources/open-blocks.ts';
import type { Source } from '../../sources/source.ts';
import type { Segment } from '../read-candidates.ts';
import type { ScanSettings } from '../settings.ts';
import { segmentsOf } from './segments.ts';
import { Inbox, type Unit, type Waiting } from './unit.ts';

const HEAD = 64 * 1024;

/** Each unit's file is borrowed when the unit is yielded: `first` was yielded by `rest` just now. */
export async function* planUnits(
  first: Input,
  rest: AsyncIterator<Input>,
  settings: ScanSettings,
): AsyncGenerator<Unit> {
  const waiting: Waiting = { weight: 0 };
  let number = 0;
  for (let input: Input | null = first; input !== null; input = await next(rest)) {
    let left = input.work;
    for await (const segment of segmentsIn(input, settings)) {
      const work = segment === undefined ? input.work : Math.min(left, segment.to - segment.from);
      left -= work;
      const workBehind = left + input.workBehind;
      const lent = await lend(input, segment);
      number += 1;
      yield { number, input, segment, work, workBehind, lent, inbox: new Inbox(waiting) };
    }
  }
}

async function next(inputs: AsyncIterator<Input>): Promise<Input | null> {
  const result = await inputs.next();
  return result.done === true ? null : result.value;
}

/** `undefined` stands for the whole. */
async function* segmentsIn(
  { file, sources, packed, work }: Input,
  settings: ScanSettings,
): AsyncGenerator<Segment | undefined> {
  const [source] = sources;
  const { partSize, recordLimits, rules } = settings;
  if (source === undefined) return;
  const isLarge = file !== null && !packed && work >= 2 * partSize && rules.literals !== null;
  if (isLarge && (await isDated(source, recordLimits)))
    yield* segmentsOf(source, file.size, partSize, recordLimits);
  else yield undefined;
}

/**
 * Whether it is plain text, as far as its beginning tells, and its times have dates: for those that have none all of the
 * file has to be read once more, which every thread would do. Whoever reads it as a whole finds out what else it is, or why
 * it cannot be read.
 */
async function isDated(source: Source, limits: RecordLimits): Promise<boolean> {
  const blocks = await openBlocks(source);
  try {
    const head = blocks?.peek(HEAD) ?? Buffer.alloc(0);
    const first = firstHeader(new LineBytes(head, 0, head.length, limits), 0);
    return blocks !== null && first?.timestamp?.date !== null;
  } catch (error) {
    return nullIfKnown(error) ?? false;
  } finally {
    await blocks?.close();
  }
}

/** `null` for standard input, and for what cannot be opened again; whoever reads that says why. */
async function lend({ file, kept }: Input, segment: Segment | undefined): Promise<Unit['lent']> {
  const loan = (await file?.lend().catch(nullIfKnown)) ?? null;
  if (file === null || loan === null) return null;
  return { loan, task: { file: { ...lentFile(file), fd: loan.fd }, kept, segment } };
}

function lentFile({ path, identity, size, modified }: LogFile) {
  return { path, identity, size, modified };
}
