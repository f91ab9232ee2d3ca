// A text as the library reads it: its value and its faults, each with its place in the text. A function of its own, so that the
// library is loaded where a text is not plain, or something in it is wrong.
import type { Alias, Document, YAMLError } from 'yaml';
import * as yaml from 'yaml';
import type { Fault, Parsed } from './document.ts';
import { nodeFinder, type PlaceAt, placer } from './places.ts';
import { quote } from './problem.ts';

const TOO_DEEP = 'the file is nested too deeply';
/** Nodes and their pairs from the root down; a rule needs less than a third of it. */
const MAX_DEPTH = 100;
/** Enough for a list that is said twice; too few to blow a small file up. */
const MAX_ALIASES = 20;
/** What JavaScript keeps for itself: a mapping with these is never what it looks like. */
const NOT_NAMES = new Set(['__proto__', 'constructor', 'prototype']);
const OPTIONS = {
  version: '1.2',
  schema: 'core',
  uniqueKeys: true,
  stringKeys: true,
  prettyErrors: false,
} as const;

export function parseWhole(text: string): Parsed {
  const placeAt = placer(text);
  try {
    const doc = yaml.parseDocument(text, OPTIONS);
    if (isTooDeep(doc)) throw new RangeError(TOO_DEEP);
    const aliases = danglingAliases(doc);
    const faults = [
      ...syntaxFaults(doc, placeAt),
      ...aliases.map((alias) => danglingFault(alias, placeAt)),
      ...badNames(doc, placeAt),
    ];
    const isUsable = aliases.length === 0 && doc.errors.every(({ code }) => code === 'DUPLICATE_KEY');
    if (!isUsable) return { document: null, faults };
    const value: unknown = doc.toJS({ maxAliasCount: MAX_ALIASES });
    return { document: { value, ...nodeFinder(yaml, doc, text, placeAt) }, faults };
  } catch (error) {
    // What the parser throws, and does not note: its own stack's end, and aliases beyond their number.
    const message = error instanceof RangeError ? TOO_DEEP : 'the file repeats too much by aliases';
    return { document: null, faults: [{ place: placeAt(0, 1), message, help: null }] };
  }
}

/** The first of each line: one slip makes the parser stumble again behind it. */
function syntaxFaults(doc: Document.Parsed, placeAt: PlaceAt): readonly Fault[] {
  const seen = new Set<number>();
  const faults = [...doc.errors, ...doc.warnings].map((error) => ({
    place: placeAt(error.pos[0], error.pos[1] - error.pos[0]),
    ...wording(error),
  }));
  return faults.filter(({ place }) => !seen.has(place.line) && seen.add(place.line));
}

function wording(error: YAMLError): { readonly message: string; readonly help: string | null } {
  if (error.code === 'DUPLICATE_KEY') return { message: 'the same field twice', help: 'take one out' };
  if (error.code === 'MULTIPLE_DOCS') {
    return { message: 'more than one document in the file', help: 'give each a file of its own' };
  }
  if (error.code === 'RESOURCE_EXHAUSTION') return { message: TOO_DEEP, help: null };
  return { message: `not valid YAML: ${error.message}`, help: null };
}

/** What recurses into the value shall not have to count. */
function isTooDeep(doc: Document.Parsed): boolean {
  let deepest = 0;
  yaml.visit(doc, {
    Node(_, __, ancestors) {
      deepest = Math.max(deepest, ancestors.length);
    },
  });
  return deepest > MAX_DEPTH;
}

/** Aliases of nothing that stands before them. */
function danglingAliases(doc: Document.Parsed): readonly Alias[] {
  const dangling: Alias[] = [];
  yaml.visit(doc, {
    Alias(_, alias) {
      if (alias.resolve(doc) === undefined) dangling.push(alias);
    },
  });
  return dangling;
}

function danglingFault({ source, range }: Alias, placeAt: PlaceAt): Fault {
  const message = `the alias ${quote(`*${source}`)} has no anchor before it`;
  return { place: placeAt(range?.[0] ?? 0, source.length + 1), message, help: null };
}

function badNames(doc: Document.Parsed, placeAt: PlaceAt): readonly Fault[] {
  const faults: Fault[] = [];
  yaml.visit(doc, {
    Pair(_, { key }) {
      if (!yaml.isScalar(key) || !key.range || !NOT_NAMES.has(String(key.value))) return;
      const name = String(key.value);
      const message = `${quote(name)} cannot be a name here`;
      faults.push({ place: placeAt(key.range[0], name.length), message, help: null });
    },
  });
  return faults;
}
