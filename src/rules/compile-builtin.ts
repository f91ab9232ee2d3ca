// A build step: the built-in rules' YAML files, checked, into the JSON files that a start reads.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sortRules, splitRules } from './builtin.ts';
import { loadRuleFiles } from './load.ts';

/** The same files give the same bytes. */
export async function compileBuiltin(yamlDir: string, outDir: string): Promise<void> {
  const rules = sortRules(await loadRuleFiles([yamlDir], null));
  for (const [name, content] of Object.entries(splitRules(rules)))
    await writeFile(join(outDir, name), `${JSON.stringify(content)}\n`);
}
