// What a report is: it takes the events of a scan and returns text to print. Looked up by name, loaded when chosen, but for
// the smallest, which is there sooner than a file of its own would be.
import type { ScanEvent } from '../findings/scan-event.ts';
import { openNdjsonReport } from './ndjson.ts';

/** What a report for people needs to know of where it is read. */
export interface LookOptions {
  readonly color: boolean;
  /** Width of the terminal, in cells. */
  readonly columns: number;
  /** Whether characters beyond ASCII can be shown. */
  readonly unicode: boolean;
}

export interface ReportOptions extends LookOptions {
  /** The rules that were applied: what none of them found is clean. */
  readonly checked: readonly { readonly code: string; readonly title: string }[];
  /** The one that findings bear. */
  readonly host: string;
  readonly version: string;
  /** When the report is made. */
  readonly now: Date;
}

export interface Report {
  /** The text that can be printed now that `event` is known; empty if it has to wait. */
  take(event: ScanEvent): string;
  /** Whether it is nothing but the lines that findings can be had as, see `FindingLines`; those need not be taken. */
  readonly isOfLines?: true;
  /** What is left to print at the end, piece by piece: the whole of it may be large. */
  end(): Iterable<string>;
}

type OpenReport = (options: ReportOptions) => Report;

const REPORTS = {
  pretty: async (): Promise<OpenReport> => (await import('./pretty.ts')).openPrettyReport,
  text: async (): Promise<OpenReport> => (await import('./text.ts')).openTextReport,
  brief: async (): Promise<OpenReport> => (await import('./brief.ts')).openBriefReport,
  ndjson: async (): Promise<OpenReport> => openNdjsonReport,
  json: async (): Promise<OpenReport> => (await import('./json.ts')).openJsonReport,
  html: async (): Promise<OpenReport> => (await import('./html.ts')).openHtmlReport,
} as const;

export type Format = keyof typeof REPORTS;

export const FORMATS = Object.keys(REPORTS) as readonly Format[];

export async function openReport(format: Format, options: ReportOptions): Promise<Report> {
  return (await REPORTS[format]())(options);
}
