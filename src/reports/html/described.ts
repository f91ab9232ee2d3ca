// Which faults the page describes, and with how much evidence, so that it stays small enough to be mailed: the gravest
// come first; each has its share of the room that is left, and gives up evidence before it gives up its place.
import type { Fault } from '../../findings/fault.ts';
import type { ScanContext } from '../../findings/scan-event.ts';
import { adviceKey } from './causes.ts';
import { showFault } from './fault.ts';
import { type Markup, textOf } from './markup.ts';

/** Bytes of all sections; the rest of the page has bounds of its own. */
const ROOM = 1_200_000;

/** How much is shown, from most to least: records, characters of each, and whether with their neighbours. */
const MEASURES = [
  { records: 5, length: 4096, neighbours: true },
  { records: 2, length: 4096, neighbours: true },
  { records: 1, length: 4096, neighbours: true },
  { records: 1, length: 800, neighbours: false },
] as const;

/** Sections of the first faults, as many as there is room for; the others can only be named. */
export function describeFaults(
  faults: readonly Fault[],
  contexts: ReadonlyMap<string, () => ScanContext>,
  room = ROOM,
): readonly Markup[] {
  const sections: Markup[] = [];
  const given = new Map<string, number>();
  let left = room;
  for (const [index, fault] of faults.entries()) {
    const number = index + 1;
    const views = MEASURES.map(({ records, length, neighbours }) => () => {
      const exhibits = fault.examples.slice(0, records).map(({ id, read }) => ({
        finding: read(),
        length,
        context: neighbours ? contexts.get(id)?.() : undefined,
      }));
      return showFault({ fault, number, exhibits, given });
    });
    const chosen =
      firstThatFits(views, left / (faults.length - index)) ?? firstThatFits(views.slice(-1), left);
    if (chosen === null) break;
    sections.push(chosen);
    left -= sizeOf(chosen);
    for (const { advice } of fault.variants) {
      if (advice !== null && !given.has(adviceKey(advice))) given.set(adviceKey(advice), number);
    }
  }
  return sections;
}

function firstThatFits(views: readonly (() => Markup)[], room: number): Markup | null {
  for (const view of views) {
    const section = view();
    if (sizeOf(section) <= room) return section;
  }
  return null;
}

function sizeOf(section: Markup): number {
  return Buffer.byteLength(textOf(section));
}
