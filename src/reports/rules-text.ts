// Rules as a table for people. The definition of one is YAML and made elsewhere.
import type { RuleEntry } from '../findings/explanation.ts';
import type { Paint } from './paint.ts';
import { show } from './show.ts';

/** Code, severity, plugin and title, one rule a line; titles are not cut, so that they can be searched for. */
export function tableOf(entries: readonly RuleEntry[], paint: Paint): string {
  const rows = entries.map(({ code, severity, status, plugins, title }) => ({
    code: show(code),
    severity,
    plugin: plugins.length === 0 ? 'any' : plugins.map(show).join(', '),
    title: status === 'stable' ? show(title) : `${show(title)} (${status})`,
  }));
  const widthOf = (pick: (row: (typeof rows)[number]) => string): number =>
    rows.reduce((width, row) => Math.max(width, pick(row).length), 0);
  const codeWidth = widthOf(({ code }) => code);
  const severityWidth = widthOf(({ severity }) => severity);
  const pluginWidth = widthOf(({ plugin }) => plugin);
  return rows
    .map(({ code, severity, plugin, title }) => {
      const word = `${paint.severity(severity, severity)}${' '.repeat(severityWidth - severity.length)}`;
      return `${code.padEnd(codeWidth)}  ${word}  ${plugin.padEnd(pluginWidth)}  ${title}\n`;
    })
    .join('');
}
