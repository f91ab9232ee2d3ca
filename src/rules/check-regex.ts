// Regular expressions of rule files: within bounds, and within what a linear-time engine can do.
import type { KeyPath, Report } from '../lib/yaml/problem.ts';
import { quote } from '../lib/yaml/problem.ts';
import { compileRegex, type Regex } from './regex.ts';

const MAX_LENGTH = 1024;
/** Repetitions written out, an expression of a few characters can cost thousands of steps for each one of text. */
const MAX_SIZE = 2000;

interface Construct {
  readonly pattern: RegExp;
  readonly name: string;
  readonly help: string;
}

const NOT_LEAF = 'use a `not` leaf, or an `all` list of several leaves';
const IN_PARTS = 'match the parts with leaves of an `all` list';

/** What other engines know and RE2 does not; each pattern is tried where the expression stands. */
const REFUSED: readonly Construct[] = [
  { pattern: /^\(\?<?[=!]/, name: 'look-around', help: NOT_LEAF },
  { pattern: /^\(\?>/, name: 'an atomic group', help: 'write (?: instead: nothing is ever tried again' },
  { pattern: /^\(\?P=\w*\)?/, name: 'a back-reference', help: IN_PARTS },
  { pattern: /^\(\?\(/, name: 'a conditional group', help: 'write both cases as an `any` list' },
  { pattern: /^\(\?(?:R|&|P>|[+-]?\d)/, name: 'recursion', help: IN_PARTS },
  { pattern: /^\(\?#/, name: 'a comment', help: 'put it behind a # outside of the expression' },
  { pattern: /^\(\?[imsU-]*x/, name: 'the flag x', help: 'write the expression without blanks' },
  { pattern: /^\\(?:[1-9]|[gk][<{'])/, name: 'a back-reference', help: IN_PARTS },
  { pattern: /^\\Z/, name: 'the escape \\Z', help: 'write \\z' },
  { pattern: /^\\u/, name: 'the escape \\u', help: 'write \\x{41} for a character by its number' },
  { pattern: /^\\h/, name: 'the escape \\h', help: 'write [ \\t]' },
  { pattern: /^\\R/, name: 'the escape \\R', help: 'write \\r?\\n' },
  { pattern: /^\\K/, name: 'the escape \\K', help: 'put the part that is wanted into (?P<v>…)' },
  { pattern: /^(?:[*+?]|\{\d+(?:,\d*)?\})\+/, name: 'a possessive repetition', help: 'drop the last +' },
];

/** The expression, or `null` where it is none. */
export function checkRegex(source: string, path: KeyPath, report: Report): Regex | null {
  if (source.length > MAX_LENGTH) {
    const help = 'several leaves in an `all` or `any` list do the same';
    report(path, `the regular expression is longer than ${MAX_LENGTH} characters`, { help });
    return null;
  }
  const refused = findRefused(source);
  if (refused !== null) {
    const { piece, construct } = refused;
    report(path, `the regular expression uses ${construct.name}, which RE2 does not have`, {
      piece,
      help: construct.help,
    });
    return null;
  }
  try {
    const regex = compileRegex(source);
    if (regex.size <= MAX_SIZE) return regex;
    const help = 'use smaller repetition counts, or + and *';
    report(path, 'the regular expression is too large once its repetitions are written out', { help });
  } catch (error) {
    const { reason, piece } = explain(error);
    report(path, `the regular expression is not valid: ${reason}`, { piece });
  }
  return null;
}

/** A quotation, a class of characters, an escaped character, or any other one. */
const TOKEN = /\\Q[\s\S]*?(?:\\E|$)|\[\^?\]?(?:\\[\s\S]|\[:\^?\w+:\]|[^\]\\])*\]?|\\[\s\S]|[\s\S]/g;

function findRefused(source: string): { readonly piece: string; readonly construct: Construct } | null {
  for (const { 0: token, index } of source.matchAll(TOKEN)) {
    // Within a quotation or a class nothing is a construct.
    if (token.startsWith('[') || token.startsWith('\\Q')) continue;
    const rest = source.slice(index, index + 20);
    for (const construct of REFUSED) {
      const piece = construct.pattern.exec(rest)?.[0];
      if (piece !== undefined) return { piece, construct };
    }
  }
  return null;
}

/** re2js's message, `error parsing regexp: REASON: \`PIECE\``, in two. */
function explain(error: unknown): { readonly reason: string; readonly piece: string } {
  const message = error instanceof Error ? error.message : String(error);
  const [, reason, piece] = /^error parsing regexp: (.*?)(?:: `([\s\S]*)`)?$/.exec(message) ?? [];
  if (reason === undefined) return { reason: message, piece: '' };
  return { reason: piece ? `${reason} at ${quote(piece)}` : reason, piece: piece ?? '' };
}
