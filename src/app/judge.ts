// One record's facts -> findings: the step that a scan and a tail share.
import { type Finding, gravityOf } from '../findings/finding.ts';
import type { LogRecord } from '../records/record.ts';
import { adviceFor } from '../rules/advice.ts';
import { evaluate } from '../rules/engine.ts';
import type { Facts } from '../rules/facts.ts';
import type { LogTime } from './log-time.ts';
import type { ScanSettings } from './settings.ts';
import { isWithin } from './time-window.ts';

/** What the rules find in one record, within the time asked for. */
export async function* judge(
  facts: Facts,
  path: string,
  timeOf: (record: LogRecord) => Promise<LogTime>,
  settings: ScanSettings,
): AsyncGenerator<Finding> {
  await settings.rules.ready();
  let time: LogTime | null = null;
  for (const match of evaluate(settings.rules, facts)) {
    if (gravityOf(match.rule.severity) < gravityOf(settings.minSeverity)) continue;
    time ??= await timeOf(facts.record);
    if (!isWithin(time.instants, settings)) continue;
    // Loaded here: it hashes, and most logs hold nothing to be hashed.
    const { buildFinding } = await import('../findings/build.ts');
    yield buildFinding({
      ...match,
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
  }
}
