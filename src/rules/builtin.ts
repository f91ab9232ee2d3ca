// The rules that a run works with: the built-in ones, and those of the user's files.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { systemCode } from '../lib/errors.ts';
import { HOME } from '../lib/home.ts';
import type { Rule } from './rule.ts';

/** Made by the build, see compile-builtin.ts; not there when the program runs from its sources. */
const COMPILED = new URL('rules/builtin.json', HOME);
const WRITTEN = new URL('rules/builtin/', HOME);

export async function loadBuiltinRules(): Promise<readonly Rule[]> {
  try {
    // Validated when it was made.
    return JSON.parse(await readFile(COMPILED, 'utf8')) as readonly Rule[];
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
    const { loadRuleFiles } = await import('./load.ts');
    return sortRules(await loadRuleFiles([fileURLToPath(WRITTEN)], null));
  }
}

/** The built-in rules and those of the user's files and directories, checked against each other. */
export async function loadRules(paths: readonly string[]): Promise<readonly Rule[]> {
  const builtIn = await loadBuiltinRules();
  if (paths.length === 0) return builtIn;
  // Loaded here: a run with the built-in rules alone needs neither YAML nor validation.
  const { loadRuleFiles } = await import('./load.ts');
  return [...builtIn, ...(await loadRuleFiles(paths, builtIn))];
}

/** The order in which the build writes them. */
export function sortRules(rules: readonly Rule[]): readonly Rule[] {
  return [...rules].sort((a, b) => (a.code < b.code ? -1 : 1));
}
