// What the section `alerting` of the configuration means to the policy of alerts.
import type { AlertPolicy } from '../alerts/policy.ts';
import type { RuleTimers } from '../app/alert-policy.ts';
import type { AlertingSection } from '../config/channel-schema.ts';
import { UsageError } from '../lib/errors.ts';
import { parseSpan } from '../lib/moment.ts';
import { nearest } from '../lib/nearest.ts';
import type { Rule } from '../rules/rule.ts';

/** The spans were checked when the file was read; `quiet-after` and `repeat` for all are options like others. */
export function policyIn(section: AlertingSection): Partial<Omit<AlertPolicy, 'rules'>> {
  const { 'group-wait': wait, 'min-interval': interval, 'notices-per-hour': perHour } = section;
  const from = section['min-severity'];
  return {
    ...(wait === undefined ? {} : { groupWait: parseSpan(wait) ?? 0 }),
    ...(interval === undefined ? {} : { minInterval: parseSpan(interval) ?? 0 }),
    ...(perHour === undefined ? {} : { noticesPerHour: perHour }),
    ...(from === undefined ? {} : { notifyFrom: from }),
  };
}

/** Throws a `UsageError` where it names a rule that is not there. */
export function timersIn(
  { rules = {} }: AlertingSection,
  known: readonly Rule[],
): Record<string, RuleTimers> {
  const ids = known.map(({ id }) => id);
  const timers: Record<string, RuleTimers> = {};
  for (const [id, { 'quiet-after': quietAfter, repeat }] of Object.entries(rules)) {
    if (!ids.includes(id)) {
      const meant = nearest(id, ids);
      throw new UsageError(`configuration, alerting.rules: there is no rule \`${id}\``, {
        hint: meant === undefined ? 'oclog rules list shows all' : `did you mean \`${meant}\`?`,
      });
    }
    timers[id] = {
      ...(quietAfter === undefined ? {} : { quietAfter: parseSpan(quietAfter) }),
      ...(repeat === undefined ? {} : { repeat: parseSpan(repeat) }),
    };
  }
  return timers;
}
