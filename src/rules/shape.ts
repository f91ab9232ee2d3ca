// Says what is wrong with a rule's shape, and hands on the sections that are right.
import * as v from 'valibot';
import { type KeyPath, quote, type Report, suggest } from '../lib/yaml/problem.ts';
import type { Rule } from './rule.ts';
import { ruleSchema } from './schema.ts';

/** A rule of which some sections may be missing: those that are not in the file or not in shape. */
export type Draft = { readonly [K in keyof Rule]?: Rule[K] };

type Issue = v.InferIssue<typeof ruleSchema>;

export interface Shaped {
  readonly draft: Draft;
  /** The whole rule, where every section is in shape. */
  readonly rule: Rule | null;
}

/** `sourceOf` yields a value as it is written in the file. */
export function checkShape(value: unknown, report: Report, sourceOf: (path: KeyPath) => string): Shaped {
  const result = v.safeParse(ruleSchema, value);
  if (result.success) return { draft: result.output, rule: result.output };
  const broken = new Set<string>();
  const missing = new Map<string, { readonly path: KeyPath; readonly fields: string[] }>();
  for (const issue of result.issues) {
    const path = keysOf(issue);
    // A field too many leaves the others as they should be.
    if (issue.type !== 'never') broken.add(String(path[0] ?? ''));
    if (isMissing(issue)) {
      const parent = path.slice(0, -1);
      const entry = missing.get(JSON.stringify(parent)) ?? { path: parent, fields: [] };
      entry.fields.push(quote(String(path.at(-1))));
      missing.set(JSON.stringify(parent), entry);
    } else reportIssue(issue, path, report, sourceOf);
  }
  for (const { path, fields } of missing.values()) {
    report(path, `missing ${fields.length > 1 ? 'fields' : 'field'} ${fields.join(', ')}`, { at: 'key' });
  }
  if (broken.has('')) return { draft: {}, rule: null };
  const sound = Object.entries(result.output as object).filter(([section]) => !broken.has(section));
  return { draft: Object.fromEntries(sound) as Draft, rule: null };
}

/** Of a field that is not there valibot names the field where it else names a type. */
function isMissing({ kind, expected, received }: Issue): boolean {
  return kind === 'schema' && received === 'undefined' && expected?.startsWith('"') === true;
}

function keysOf(issue: Issue): KeyPath {
  return (issue.path ?? []).map(({ key }) => (typeof key === 'number' ? key : String(key)));
}

function reportIssue(issue: Issue, path: KeyPath, report: Report, sourceOf: (path: KeyPath) => string): void {
  const last = path.at(-1);
  if (issue.type === 'never') {
    const field = String(last);
    report(path, `unknown field ${quote(field)}`, {
      at: 'key',
      help: suggest(field, issue.message.split(' ')),
    });
    return;
  }
  const isKey = issue.path?.at(-1)?.origin === 'key';
  const subject = subjectOf(path, isKey);
  const at = isKey ? 'key' : 'value';
  if (issue.type === 'picklist' && typeof issue.input === 'string') {
    const help = suggest(issue.input, issue.message.split(' '));
    report(path, `${subject} has no value ${quote(issue.input)}`, { at, help });
  } else if (issue.message.startsWith('must')) {
    report(path, `${subject} ${issue.message}`, { at });
  } else {
    const wanted = wantedType(issue);
    const help = wanted === 'a text' && isPlain(issue.input) ? quoted(sourceOf(path)) : undefined;
    report(path, `${subject} must be ${wanted}, not ${nameOf(issue.input)}`, { at, help });
  }
}

function subjectOf(path: KeyPath, isKey: boolean): string {
  const last = path.at(-1);
  if (last === undefined) return 'a rule';
  if (typeof last === 'string') return isKey ? `the name ${quote(last)}` : quote(last);
  const list = path.findLast((key) => typeof key === 'string');
  return `an item of ${quote(String(list))}`;
}

function wantedType({ type }: Issue): string {
  if (type === 'string' || type === 'picklist') return 'a text';
  if (type === 'number') return 'a number';
  if (type === 'integer') return 'a whole number';
  if (type === 'boolean') return 'true or false';
  if (type === 'array') return 'a list';
  return 'a mapping of fields';
}

/** YAML reads `0442985` as a number and loses the nought: quotes keep it as it is written. */
function quoted(source: string): string {
  return `put it in quotes: '${source.trim()}'`;
}

function isPlain(input: unknown): boolean {
  return typeof input === 'number' || typeof input === 'boolean';
}

function nameOf(input: unknown): string {
  if (input === null || input === undefined) return 'nothing';
  if (Array.isArray(input)) return 'a list';
  if (typeof input === 'object') return 'a mapping';
  if (typeof input === 'string') return `the text ${quote(input)}`;
  return `the ${typeof input} ${String(input)}`;
}
