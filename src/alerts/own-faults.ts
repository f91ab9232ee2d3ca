// Faults that oclog finds without a rule: what they are, and what to do about them.
import type { Advice } from '../findings/finding.ts';

export interface OwnFault {
  readonly code: string;
  readonly id: string;
  readonly severity: 'warning';
  readonly title: string;
  /** How oclog comes to find it. */
  readonly known: string;
  /** The page that tells more. */
  readonly page: string;
  readonly advice: Advice;
}

export const GAP: OwnFault = {
  code: 'VNA1901',
  id: 'oclog.gap',
  severity: 'warning',
  title: 'A part of the log could not be found',
  known: 'oclog check remembers how far it read a log, and no file holds what came next.',
  page: 'docs/check.md',
  advice: {
    summary:
      'Let oclog run more often than the log rotates, and let rotation keep more archives; faults in the missing part are lost.',
    why: 'Bytes that oclog had not read were gone from the log and from every archive beside it.',
    steps: [
      {
        do: 'Look at the rotation of oc.log: size, number of archives, and whether something else moves or deletes them.',
        where: 'vna-server',
        run: 'ls -lat /opt/CA/VNA/wildfly/standalone/log/oc.log*',
        expect: 'Archives that reach back further than the time between two runs of oclog.',
        source: null,
      },
    ],
    verify: [{ do: 'Run the check again later.', run: null, expect: 'No new gap.' }],
    links: [],
  },
};

export const OVERFLOW: OwnFault = {
  code: 'VNA1902',
  id: 'oclog.too-many-faults',
  severity: 'warning',
  title: 'There are more faults than oclog keeps apart',
  known: 'More than 300 different faults of one log are open at once.',
  page: 'docs/alerts.md',
  advice: {
    summary: 'Put the faults right that are listed one by one, then look at what is left with oclog scan.',
    why: 'The log shows more different faults than oclog remembers one by one; these are only counted.',
    steps: [
      {
        do: 'List all faults of the last day.',
        where: 'vna-server',
        run: 'oclog scan --since 1d',
        expect: 'Every fault with its count and its advice.',
        source: null,
      },
    ],
    verify: [{ do: 'Run the check again later.', run: null, expect: 'The count no longer grows.' }],
    links: [],
  },
};

export const DEAD_LETTER: OwnFault = {
  code: 'VNA1903',
  id: 'oclog.dead-letter',
  severity: 'warning',
  title: 'Notices could not be delivered',
  known: 'oclog check gave up a notice to one of the channels in its configuration file.',
  page: 'docs/alerting.md',
  advice: {
    summary: 'Mend the channel, try it, then send what could not be delivered again.',
    why: 'The other side refused the notice for good, or could not be reached for hours.',
    steps: [
      { do: 'Look at what could not be delivered, and why.', run: 'oclog alerts dead list' },
      {
        do: 'Mend the channel in the configuration file, or the other side; then try it.',
        run: 'oclog alerts test',
      },
      { do: 'Send again what is still worth it.', run: 'oclog alerts dead retry' },
    ].map((step) => ({ ...step, where: 'vna-server', expect: null, source: null })),
    verify: [{ do: 'Look again.', run: 'oclog alerts dead list', expect: 'No dead letters.' }],
    links: [],
  },
};

/** Those that a log has. */
export const LOG_FAULTS: readonly OwnFault[] = [GAP, OVERFLOW];
export const OWN_FAULTS: readonly OwnFault[] = [...LOG_FAULTS, DEAD_LETTER];

/** What tells more of a code: rules that are not built in have to be named. */
export function explainCommand(code: string): string {
  return `oclog explain ${code}${/^VNA1\d{3}$/.test(code) ? '' : ' --rules PATH'}`;
}
