// The one importer of re2js: regular expressions in time linear in the text. Nothing but functions: it is loaded when the first
// one is compiled.
import { RE2JS } from 're2js';
import { VALUE_GROUP } from './value-group.ts';

/** A record is no longer than this; whoever hands in more gets this much looked at. */
const MAX_TEXT = 256 * 1024;

export interface Regex {
  test(text: string): boolean;
  /** Group `v` of the first match, or the whole match where the expression has no such group. */
  find(text: string): string | null;
  readonly groups: readonly string[];
  /** How large the expression is once its repetitions are written out: its cost for a character of text. */
  readonly size: number;
}

/** Throws what re2js throws where the expression is none. */
export function compileRegex(source: string): Regex {
  const compiled = RE2JS.compile(source);
  const groups = Object.keys(compiled.namedGroups());
  const group = groups.includes(VALUE_GROUP) ? VALUE_GROUP : 0;
  const test = (text: string): boolean => compiled.test(bounded(text));
  return {
    test,
    find(text) {
      // `test` runs on an automaton that is many times faster than the search that tells where.
      if (!test(text)) return null;
      const matcher = compiled.matcher(bounded(text));
      return matcher.find() ? matcher.group(group) : null;
    },
    groups,
    size: compiled.programSize(),
  };
}

function bounded(text: string): string {
  return text.length > MAX_TEXT ? text.slice(0, MAX_TEXT) : text;
}
