// One record's facts -> findings: the step that a scan and a tail share.
import { buildFinding } from '../findings/build.ts';
import { type Finding, gravityOf } from '../findings/finding.ts';
import type { LogRecord } from '../records/record.ts';
import { adviceFor } from '../rules/advice.ts';
import type { CompiledRule } from '../rules/compile.ts';
import { evaluate, type Match } from '../rules/engine.ts';
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
  const matches = matchesIn(facts, asked, settings);
  if (matches.length === 0) return NONE;
  const time = await timeOf(facts.record);
  if (!isWithin(time.instants, settings)) {
    if (settings.passedOver !== undefined) settings.passedOver.findings += matches.length;
    return NONE;
  }
  return matches.map((match) => findingOf(match, facts, path, time, settings));
}

/** Of the rules asked, those that are severe enough. They have to be ready. */
export function matchesIn(
  facts: Facts,
  asked: readonly CompiledRule[],
  { rules, minSeverity, advice }: ScanSettings,
): readonly Match[] {
  const least = gravityOf(minSeverity);
  // Advice alone shows what captures found.
  return evaluate(rules, facts, asked, advice).filter(({ rule }) => gravityOf(rule.severity) >= least);
}

export function findingOf(
  match: Match,
  facts: Facts,
  path: string,
  { time, inferred }: Pick<LogTime, 'time' | 'inferred'>,
  { advice, host, redaction }: ScanSettings,
): Finding {
  const { rule, variant, confidence } = match;
  // Named one by one: a spread here gives each object a shape of its own, which outlives it.
  return buildFinding({
    rule,
    variant,
    confidence,
    advice: advice ? adviceFor(match, facts, redaction) : null,
    record: facts.record,
    aws: facts.aws,
    key: facts.key,
    host,
    path,
    time,
    timeInferred: inferred,
    redaction,
  });
}
