// Inhibition: while one fault is open, others that it explains are not worth a notice of their own.
import { type Incident, isOpen } from './alert.ts';
import type { AlertPolicy, Inhibition } from './policy.ts';

type Muting = readonly [source: Incident, inhibitions: readonly Inhibition[]];

/** Tells for each incident whether another one explains it. */
export function inhibitor(
  incidents: readonly Incident[],
  policy: AlertPolicy,
  now: number,
): (incident: Incident) => boolean {
  const muting = incidents.flatMap((source): readonly Muting[] => {
    const inhibitions = policy.rules.get(source.rule)?.inhibits ?? [];
    // What ended in this run explains what ended with it.
    const isOver = !isOpen(source.state) && source.changedAt < now;
    return inhibitions.length === 0 || isOver ? [] : [[source, inhibitions]];
  });
  return (incident) =>
    muting.some(
      ([source, inhibitions]) =>
        source.fingerprint !== incident.fingerprint &&
        source.host === incident.host &&
        // Two accounts that are known to differ have nothing to do with each other.
        (source.account === null || incident.account === null || source.account === incident.account) &&
        // What goes on after its explanation ended needs another one.
        (isOpen(source.state) || !isOpen(incident.state)) &&
        inhibitions.some(
          ({ rule, variant, when }) =>
            rule === incident.rule &&
            (variant === null || variant === incident.variant) &&
            (when === null || when === source.variant),
        ),
    );
}
