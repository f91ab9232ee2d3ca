// Plain data as a YAML document that reads back as the same data.
import { stringify } from 'yaml';

/** A column that leaves commands and log lines whole is more than prose needs: those are block texts, never folded. */
const LINE_WIDTH = 110;

export function writeYaml(value: unknown): string {
  return stringify(value, {
    version: '1.2',
    schema: 'core',
    lineWidth: LINE_WIDTH,
    aliasDuplicateObjects: false,
  });
}
