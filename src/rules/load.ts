// From rule files to validated rules: reads all of them, reports all that is wrong at once, or yields rules.

import { redactLine } from '../findings/redact.ts';
import { parseYaml, type YamlDocument } from '../lib/yaml/document.ts';
import { type Problem, type Report, YamlProblems } from '../lib/yaml/problem.ts';
import type { TextFile } from '../lib/yaml/text-file.ts';
import { type Candidate, checkRules } from './check-all.ts';
import { checkRule } from './check-rule.ts';
import type { Rule } from './rule.ts';
import { readRuleFiles } from './rule-files.ts';
import { checkShape } from './shape.ts';

interface Loaded extends Candidate {
  /** `null` where the file has problems. */
  readonly rule: Rule | null;
}

/**
 * Loads files and directories (their `*.yaml` and `*.yml`, not those below). `builtIn` are the rules that
 * these come in addition to; `null` where these are the built-in ones. Throws a `YamlProblems` that tells
 * every problem of every file.
 */
export async function loadRuleFiles(
  paths: readonly string[],
  builtIn: readonly Rule[] | null,
): Promise<readonly Rule[]> {
  const { files, problems: unread } = readRuleFiles(paths);
  const problems: Problem[] = [...unread];
  const loaded: Loaded[] = [];
  for (const file of files) loaded.push(loadFile(file, problems));
  checkRules(loaded, builtIn);
  if (problems.length > 0)
    throw new YamlProblems(inOrder(problems, files), (text) => redactLine(text, 'standard'));
  return loaded.flatMap(({ rule }) => rule ?? []);
}

function loadFile({ path, text }: TextFile, problems: Problem[]): Loaded {
  const { document, faults } = parseYaml(text);
  for (const fault of faults) problems.push({ path, ...fault });
  if (document === null) return { rule: null, draft: {}, report: () => {}, origin: path };
  const report = reporter(path, document, problems);
  const { rule, draft } = checkShape(document.value, report, document.source);
  if (isMapping(document.value)) {
    const { value } = document;
    checkRule(draft, (section) => Object.hasOwn(value, section), report);
  }
  return { rule, draft, report, origin: path };
}

function reporter(path: string, document: YamlDocument, problems: Problem[]): Report {
  const id = isMapping(document.value) ? document.value['id'] : undefined;
  const name = typeof id === 'string' && /^[\w.-]{1,80}$/.test(id) ? ` in rule ${id}` : '';
  return (keys, message, mark = {}) => {
    const place = document.place(keys, mark.at, mark.piece);
    problems.push({
      path,
      place: mark.secret ? { ...place, text: null } : place,
      message: message + name,
      help: mark.help ?? null,
    });
  };
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** As one reads: file by file in the order given, from top to bottom. */
function inOrder(problems: readonly Problem[], files: readonly TextFile[]): readonly Problem[] {
  const order = new Map(files.map(({ path }, index) => [path, index]));
  const index = ({ path }: Problem): number => order.get(path) ?? -1;
  return [...problems].sort(
    (a, b) =>
      index(a) - index(b) ||
      (a.place?.line ?? 0) - (b.place?.line ?? 0) ||
      (a.place?.column ?? 0) - (b.place?.column ?? 0),
  );
}
