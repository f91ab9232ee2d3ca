// A rule's definition as the YAML of a rule file.
import { cleanText } from '../findings/clean.ts';
import { writeYaml } from '../lib/yaml/write.ts';

export function definitionText(definition: object): string {
  return cleanText(writeYaml(definition));
}
