// From paths to the text of rule files, within bounds. Knows nothing of what is in them.
import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Problem } from '../lib/yaml/problem.ts';
import { problemWith, readTextFile, type TextFile, unreadable } from '../lib/yaml/text-file.ts';

const WHAT = 'rule file';
const RULE_FILE = /^[^.].*\.ya?ml$/;

/** Reads the files in the order of the paths, those of a directory in the order of their names, each once. */
export function readRuleFiles(paths: readonly string[]): {
  readonly files: readonly TextFile[];
  readonly problems: readonly Problem[];
} {
  const files: TextFile[] = [];
  const problems: Problem[] = [];
  const seen = new Set<string>();
  const read = (path: string): void => {
    if (seen.has(resolve(path))) return;
    seen.add(resolve(path));
    const file = readTextFile(path, WHAT);
    if ('text' in file) files.push(file);
    else problems.push(file);
  };
  for (const path of paths) {
    const listed = listRuleFiles(path);
    if ('message' in listed) problems.push(listed);
    else for (const file of listed) read(file);
  }
  return { files, problems };
}

function listRuleFiles(path: string): readonly string[] | Problem {
  try {
    if (!statSync(path).isDirectory()) return [path];
    const names = readdirSync(path)
      .filter((name) => RULE_FILE.test(name))
      .sort();
    if (names.length > 0) return names.map((name) => join(path, name));
    return problemWith(path, 'no rule file in this directory', 'rule files end in .yaml or .yml');
  } catch (error) {
    return unreadable(path, WHAT, error);
  }
}
