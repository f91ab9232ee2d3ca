// One record's facts -> findings: the step that a scan and a tail share.
import { buildFinding } from '../findings/build.ts';
import { type Finding, gravityOf } from '../findings/finding.ts';
import type { LogRecord } from '../records/record.ts';
import { adviceFor } from '../rules/advice.ts';
import { evaluate } from '../rules/engine.ts';
import type { Facts } from '../rules/facts.ts';
import type { LogTime } from './log-time.ts';
import type { ScanSettings } from './settings.ts';
import { isWithin } from './time-window.ts';

const NONE: readonly Finding[] = [];

/** What the rules find in one record, within the time asked for. */
export async function judge(
  facts: Facts,
  path: string,
  timeOf: (record: LogRecord) => Promise<LogTime>,
  settings: ScanSettings,
): Promise<readonly Finding[]> {
  const asked = settings.rules.likely(facts.record);
  if (asked.length === 0) return NONE;
  await settings.rules.ready();
  const findings: Finding[] = [];
  let time: LogTime | null = null;
  for (const match of evaluate(settings.rules, facts, asked)) {
    if (gravityOf(match.rule.severity) < gravityOf(settings.minSeverity)) continue;
    time ??= await timeOf(facts.record);
    if (!isWithin(time.instants, settings)) {
      if (settings.passedOver !== undefined) settings.passedOver.findings += 1;
      continue;
    }
    const { rule, variant, confidence } = match;
    // Named one by one: a spread here gives each object a shape of its own, which outlives it.
    const finding = buildFinding({
      rule,
      variant,
      confidence,
      advice: settings.advice ? adviceFor(match, facts, settings.redaction) : null,
      record: facts.record,
      aws: facts.aws,
      key: facts.key,
      host: settings.host,
      path,
      time: time.time,
      timeInferred: time.inferred,
      redaction: settings.redaction,
    });
    findings.push(finding);
  }
  return findings;
}
