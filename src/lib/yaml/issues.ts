// Sentences for what valibot found wrong with the shape of a file.
import type * as v from 'valibot';
import { type KeyPath, quote, type Report, suggest } from './problem.ts';

type Issue = v.BaseIssue<unknown>;

interface Context {
  readonly report: Report;
  /** A value as it is written in the file. */
  readonly sourceOf: (path: KeyPath) => string;
  /** What the whole file is: `a rule`. */
  readonly root: string;
}

/** Fields that are missing from one mapping are told together. */
export function reportIssues(issues: readonly Issue[], context: Context): void {
  const missing = new Map<string, { readonly path: KeyPath; readonly fields: string[] }>();
  for (const issue of issues) {
    const path = keysOf(issue);
    if (isMissing(issue)) {
      const parent = path.slice(0, -1);
      const entry = missing.get(JSON.stringify(parent)) ?? { path: parent, fields: [] };
      entry.fields.push(quote(String(path.at(-1))));
      missing.set(JSON.stringify(parent), entry);
    } else reportIssue(issue, path, context);
  }
  for (const { path, fields } of missing.values()) {
    const message = `missing ${fields.length > 1 ? 'fields' : 'field'} ${fields.join(', ')}`;
    context.report(path, message, { at: 'key' });
  }
}

/** Of a field that is not there valibot names the field where it else names a type. */
function isMissing({ kind, expected, received }: Issue): boolean {
  return kind === 'schema' && received === 'undefined' && expected?.startsWith('"') === true;
}

export function keysOf(issue: Issue): KeyPath {
  return (issue.path ?? []).map(({ key }) => (typeof key === 'number' ? key : String(key)));
}

function reportIssue(issue: Issue, path: KeyPath, { report, sourceOf, root }: Context): void {
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
  const subject = subjectOf(path, isKey, root);
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

function subjectOf(path: KeyPath, isKey: boolean, root: string): string {
  const last = path.at(-1);
  if (last === undefined) return root;
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
