// Says what is wrong with a rule's shape, and hands on the sections that are right.
import * as v from 'valibot';
import { keysOf, reportIssues } from '../lib/yaml/issues.ts';
import type { KeyPath, Report } from '../lib/yaml/problem.ts';
import type { Rule } from './rule.ts';
import { ruleSchema } from './schema.ts';

/** A rule of which some sections may be missing: those that are not in the file or not in shape. */
export type Draft = { readonly [K in keyof Rule]?: Rule[K] };

export interface Shaped {
  readonly draft: Draft;
  /** The whole rule, where every section is in shape. */
  readonly rule: Rule | null;
}

/** `sourceOf` yields a value as it is written in the file. */
export function checkShape(value: unknown, report: Report, sourceOf: (path: KeyPath) => string): Shaped {
  const result = v.safeParse(ruleSchema, value);
  if (result.success) return { draft: result.output, rule: result.output };
  // A field too many leaves the others as they should be.
  const broken = new Set(
    result.issues.filter(({ type }) => type !== 'never').map((issue) => String(keysOf(issue)[0] ?? '')),
  );
  reportIssues(result.issues, { report, sourceOf, root: 'a rule' });
  if (broken.has('')) return { draft: {}, rule: null };
  const sound = Object.entries(result.output as object).filter(([section]) => !broken.has(section));
  return { draft: Object.fromEntries(sound) as Draft, rule: null };
}
