// A check's reports by name. Programs get every new finding, then each fault whose state changed, then a summary.

import type { Incident } from '../alerts/alert.ts';
import type { CheckAnswer } from '../alerts/answer.ts';
import { alertRecord, incidentRecord } from '../alerts/record.ts';
import type { Advice, Finding } from '../findings/finding.ts';
import { FaultGroups } from '../findings/group.ts';
import { serialise } from '../findings/serialise.ts';
import type { CheckFormat } from './check-format.ts';
import { describeGroup } from './json.ts';
import { mailText, nagiosText } from './nagios.ts';

export interface CheckReport {
  /** What can be printed at once. */
  finding(finding: Finding): string;
  answer(answer: CheckAnswer): string;
}

const OPEN: Readonly<Record<CheckFormat, (isMailed: boolean) => CheckReport>> = {
  nagios: (isMailed) => ({ finding: () => '', answer: isMailed ? mailText : (answer) => nagiosText(answer) }),
  ndjson: () => ({ finding: lineOf, answer: (answer) => linesOf(answer).map(lineOf).join('') }),
  json: openJson,
};

/** `isMailed`: people get the text as a mail, and not as a line of a monitoring system. */
export function openCheckReport(format: CheckFormat, isMailed: boolean): CheckReport {
  return OPEN[format](isMailed);
}

function openJson(): CheckReport {
  const faults = new FaultGroups();
  return {
    finding(finding) {
      faults.add(finding);
      return '';
    },
    answer(answer) {
      const document = {
        schemaVersion: 1,
        type: 'check',
        status: answer.status,
        findings: faults.groups().map(describeGroup),
        findingsOmitted: faults.omitted,
        alerts: alertsOf(answer),
        open: answer.open.map((incident) => incidentRecord(incident, adviceOf(incident, answer))),
        errors: errorsOf(answer),
        summary: summaryOf(answer),
      };
      return `${serialise(document, 2)}\n`;
    },
  };
}

function linesOf(answer: CheckAnswer): readonly object[] {
  return [...alertsOf(answer), ...errorsOf(answer), summaryOf(answer)];
}

function alertsOf(answer: CheckAnswer): readonly object[] {
  return answer.changes.map((change) => alertRecord(change, adviceOf(change.incident, answer)));
}

function errorsOf({ troubles }: CheckAnswer): readonly object[] {
  return troubles.map(({ path, message }) => ({ type: 'error', schemaVersion: 1, path, message }));
}

function summaryOf(answer: CheckAnswer): object {
  const { critical, warning, info } = answer.findings;
  return {
    type: 'summary',
    schemaVersion: 1,
    status: answer.status,
    inputs: answer.inputs,
    bytes: answer.bytes,
    lines: answer.lines,
    findings: critical + warning + info,
    byCode: answer.byCode,
    open: answer.open.length,
    acknowledged: answer.acknowledged,
    silenced: answer.silenced,
    notices: answer.notices.length,
    warnings: answer.warnings,
    notes: answer.notes,
    errors: answer.troubles.length,
    durationMs: answer.durationMs,
  };
}

function adviceOf({ advice }: Incident, { advice: known }: CheckAnswer): Advice | undefined {
  return advice === null ? undefined : known[advice];
}

function lineOf(value: object): string {
  return `${serialise(value)}\n`;
}
