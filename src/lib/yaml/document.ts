// A text as YAML 1.2: its value and its faults, each with its place in the text.
import { readPlain } from './plain.ts';
import type { KeyPath, Place } from './problem.ts';
import { parseWhole } from './whole.ts';

export interface YamlDocument {
  readonly value: unknown;
  /** The place of the value at `path`, or of the nearest thing above it that is there. */
  readonly place: (path: KeyPath, at?: 'key' | 'value', piece?: string) => Place;
  /** The value at `path` as it is written. */
  readonly source: (path: KeyPath) => string;
}

export interface Fault {
  readonly place: Place;
  readonly message: string;
  readonly help: string | null;
}

export interface Parsed {
  /** `null` where the faults leave nothing to look into. */
  readonly document: YamlDocument | null;
  readonly faults: readonly Fault[];
}

/** What is plain is read at once, and read anew by the library where a place is asked for: where something is wrong. */
export function parseYaml(text: string): Parsed {
  const value = readPlain(text);
  return value === undefined ? parseWhole(text) : { document: { value, ...placesIn(text) }, faults: [] };
}

function placesIn(text: string): Pick<YamlDocument, 'place' | 'source'> {
  let known: YamlDocument | null = null;
  const document = (): YamlDocument => {
    known ??= parseWhole(text).document;
    if (known === null) throw new Error('a plain text that is no YAML');
    return known;
  };
  return {
    place: (...at) => document().place(...at),
    source: (path) => document().source(path),
  };
}
