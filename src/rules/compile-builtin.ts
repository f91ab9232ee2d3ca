// A build step: the built-in rules' YAML files, checked, into the one JSON file that a start reads.
import { writeFile } from 'node:fs/promises';
import { sortRules } from './builtin.ts';
import { loadRuleFiles } from './load.ts';

/** The same files give the same bytes. */
export async function compileBuiltin(yamlDir: string, outFile: string): Promise<void> {
  const rules = sortRules(await loadRuleFiles([yamlDir], null));
  await writeFile(outFile, `${JSON.stringify(rules)}\n`);
}
