// The report to be mailed or attached: one HTML page that needs nothing beside it, works without script, and stays
// under two megabytes whatever was found.
import { faultsOf } from '../findings/fault.ts';
import { Collected } from './collect.ts';
import { describeFaults } from './html/described.ts';
import { html } from './html/markup.ts';
import { drawAllFaults, listFaults, type Overview, showScan, showVerdict } from './html/overview.ts';
import { renderPage } from './html/page.ts';
import { listClean, listErrors, listNotes } from './html/rest.ts';
import { cut } from './html/words.ts';
import type { Report, ReportOptions } from './report.ts';
import { countOf } from './words.ts';

export function openHtmlReport(options: ReportOptions): Report {
  const collected = new Collected();
  return {
    take(event) {
      collected.take(event);
      return '';
    },
    end: () => renderReport(collected, options),
  };
}

function renderReport(
  collected: Collected,
  { checked, host, version, now }: ReportOptions,
): Iterable<string> {
  const { errors, contexts, summary } = collected;
  const faults = faultsOf(collected.faults.groups());
  const sections = describeFaults(faults, contexts);
  const made = `${now.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
  const overview: Overview = {
    faults,
    host,
    described: sections.length,
    omitted: collected.faults.omitted,
    summary,
    errors: summary?.errors ?? errors.length,
    made,
  };
  const found = new Set([
    ...Object.keys(summary?.byCode ?? {}),
    ...faults.map(({ example }) => example.code),
  ]);
  const where = ` for ${cut(host)}`;
  return renderPage({
    title: `oclog: ${faults.length === 0 ? 'no fault' : countOf(faults.length, 'fault')}${where}, ${made}`,
    head: html`<h1>oclog report${where}</h1>
${showVerdict(overview)}
${showScan(overview)}
${drawAllFaults(overview)}`,
    main: [
      html`${listFaults(overview)}
${faults.length === 0 ? null : html`<h2>The faults, the gravest first</h2>`}
`,
      ...sections,
      html`
${listErrors(errors, overview.errors)}
${listNotes(summary?.notes ?? [])}
${summary?.recognised !== true ? null : listClean(checked, found, overview.errors > 0)}`,
    ],
    foot: html`<p>Made by oclog ${cut(version)} on ${made}. Times are the log's own. Secrets were masked before this page was made.</p>`,
  });
}
