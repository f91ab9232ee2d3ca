// So many notices an hour. The last one that is left becomes a digest of all that would be too many; a part is kept for
// what is critical, so that no flood of lesser faults delays it.
import type { Incident } from './alert.ts';
import { compareGravity } from './alert.ts';
import { type Draft, digestOf } from './drafts.ts';

export interface Plan {
  readonly drafts: readonly Draft[];
  readonly held: readonly Draft[];
}

export function withinLimit(ready: readonly Draft[], perHour: number, sent: number): Plan {
  const sorted = [...ready].sort((a, b) => compareGravity(first(a), first(b)));
  const left = Math.max(0, perHour - sent);
  const critical = share(
    sorted.filter((draft) => first(draft).severity === 'critical'),
    left,
  );
  const others = share(
    sorted.filter((draft) => first(draft).severity !== 'critical'),
    Math.max(0, left - critical.drafts.length - Math.floor(perHour / 4)),
  );
  return { drafts: [...critical.drafts, ...others.drafts], held: [...critical.held, ...others.held] };
}

function share(drafts: readonly Draft[], places: number): Plan {
  if (drafts.length <= places) return { drafts, held: [] };
  if (places === 0) return { drafts: [], held: drafts };
  return { drafts: [...drafts.slice(0, places - 1), digestOf(drafts.slice(places - 1))], held: [] };
}

function first({ incidents: [incident] }: Draft): Incident {
  if (incident === undefined) throw new Error('a notice about nothing');
  return incident;
}
