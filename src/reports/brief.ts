// One line a finding, as it happens, and one for the whole at the end. Each field is bounded, so each line is; paths
// stay whole, as lines like these are searched and cut up by other programs.
import { type Finding, SEVERITIES } from '../findings/finding.ts';
import type { ScanError } from '../findings/scan-event.ts';
import { clip } from './cells.ts';
import { type Paint, paintWith } from './paint.ts';
import type { Report, ReportOptions } from './report.ts';
import { codesOf, verdictOn } from './run-text.ts';
import { show } from './show.ts';
import { showCount } from './words.ts';

const LONGEST_SEVERITY = Math.max(...SEVERITIES.map(({ length }) => length));
const MAX_FIELD = 48;
const MAX_MESSAGE = 200;

export function openBriefReport({ color, checked }: ReportOptions): Report {
  const paint = paintWith(color);
  let verdict = '';
  return {
    take(event) {
      switch (event.type) {
        case 'finding':
          return `${describeFinding(event, paint)}\n`;
        case 'error':
          return `${describeError(event)}\n`;
        case 'summary': {
          const counts = codesOf(event, []).map(
            (code) => `${show(code)} x${showCount(event.byCode[code] ?? 0)}`,
          );
          verdict = `${verdictOn(event, checked, ` (${counts.join(', ')})`)}\n`;
          return '';
        }
        case 'context':
          return '';
      }
    },
    end: () => [verdict],
  };
}

export function describeFinding(
  { time, code, aws, source, severity, truncated }: Finding,
  paint: Paint,
): string {
  return [
    time === null ? '-' : field(time.replace(/\.\d+/, '')),
    paint.severity(severity, severity.toUpperCase()) + ' '.repeat(LONGEST_SEVERITY - severity.length),
    field(code),
    field(aws?.region ?? '-'),
    field(aws?.errorCode ?? (aws?.status == null ? '-' : String(aws.status))),
    ...(aws?.accessKey == null ? [] : [`key=${field(aws.accessKey)}`]),
    `${show(source.path)}:${source.line}`,
    ...(truncated ? ['truncated'] : []),
    `fix: oclog explain ${field(code)}`,
  ].join(' ');
}

function describeError({ path, message }: ScanError): string {
  return `not read: ${show(path)}: ${clip(show(message), MAX_MESSAGE)}`;
}

/** One word, so that fields can be counted. */
function field(text: string): string {
  return clip(show(text).trim().replaceAll(' ', '_'), MAX_FIELD) || '-';
}
