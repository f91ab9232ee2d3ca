// Where in a YAML text something stands.
import type { Document, Node } from 'yaml';
import type { KeyPath, Place } from './problem.ts';

export type Yaml = typeof import('yaml');

/** The place of so many characters from an offset on, as far as they stand on one line. */
export type PlaceAt = (offset: number, length: number) => Place;

interface Found {
  readonly key: Node | null;
  readonly node: Node | null;
}

export function placer(text: string): PlaceAt {
  const rows = text.split('\n');
  const starts: number[] = [];
  let start = 0;
  for (const row of rows) {
    starts.push(start);
    start += row.length + 1;
  }
  return (offset, length) => {
    // Behind the end there is no line of its own.
    const index = starts.findLastIndex((begin) => begin <= Math.min(offset, text.trimEnd().length));
    const row = (rows[index] ?? '').replace(/\r$/, '');
    const column = Math.min(offset - (starts[index] ?? 0), row.length) + 1;
    return {
      line: index + 1,
      column,
      length: Math.max(1, Math.min(length, row.length - column + 1)),
      text: row,
    };
  };
}

/** Finds the parts of a document by their path. */
export function nodeFinder(yaml: Yaml, doc: Document.Parsed, text: string, placeAt: PlaceAt) {
  const child = (parent: Node | null, step: string | number): Found | null => {
    const node = yaml.isAlias(parent) ? parent.resolve(doc) : parent;
    if (yaml.isSeq(node)) {
      const item = node.items[Number(step)];
      return yaml.isNode(item) ? { key: null, node: item } : null;
    }
    if (!yaml.isMap(node)) return null;
    const pair = node.items.find(({ key }) => yaml.isScalar(key) && String(key.value) === String(step));
    if (pair === undefined) return null;
    const { key, value } = pair;
    return { key: yaml.isNode(key) ? key : null, node: yaml.isNode(value) ? value : null };
  };
  const find = (path: KeyPath): Found => {
    let found: Found = { key: null, node: doc.contents };
    for (const step of path) {
      const next = child(found.node, step);
      if (next === null) break;
      found = next;
    }
    return found;
  };
  const written = (node: Node | null): string =>
    node?.range ? text.slice(node.range[0], node.range[1]).trimEnd() : '';

  const place = (path: KeyPath, at: 'key' | 'value' = 'value', piece = ''): Place => {
    const { key, node } = find(path);
    const source = written(node);
    const start = node?.range?.[0] ?? 0;
    const inside = piece === '' ? -1 : source.indexOf(piece);
    if (inside >= 0) return placeAt(start + inside, piece.length);
    // An empty value has no place of its own.
    if (key?.range && (at === 'key' || source === '')) return placeAt(key.range[0], written(key).length);
    return placeAt(start, source.length);
  };
  return { place, source: (path: KeyPath): string => written(find(path).node) };
}
