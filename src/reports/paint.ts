// The few colours of a report: sixteen, so that any terminal's scheme decides what they look like.
import type { Severity } from '../findings/finding.ts';

export interface Paint {
  severity(severity: Severity, text: string): string;
  label(text: string): string;
  /** Set apart from what is said about it: the eye finds what to type. */
  command(text: string): string;
}

const SEVERITY_CODES: Readonly<Record<Severity, string>> = {
  critical: '1;31',
  warning: '1;33',
  info: '1;34',
};

export function paintWith(color: boolean): Paint {
  const wrap = (code: string, text: string): string =>
    color && text !== '' ? `\x1b[${code}m${text}\x1b[0m` : text;
  return {
    severity: (severity, text) => wrap(SEVERITY_CODES[severity], text),
    label: (text) => wrap('36', text),
    command: (text) => wrap('1', text),
  };
}
