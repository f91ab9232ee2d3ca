// A check's numbers for the textfile collector of Prometheus' node exporter. No timestamps: a file that has any is passed
// over whole. Every rule is there from the first run on: a series that is born with a count has no increase.
import { CHECK_STATUS, type CheckAnswer } from '../alerts/answer.ts';
import type { Totals } from '../alerts/book.ts';
import { LOG_FAULTS } from '../alerts/own-faults.ts';
import type { Severity } from '../findings/finding.ts';

export interface TextfileOptions {
  /** What the run looked for. */
  readonly rules: readonly { readonly code: string; readonly id: string; readonly severity: Severity }[];
  /** The logs as they were named, and `--name`: two checks on one machine are told apart by them. */
  readonly logs: readonly string[];
  readonly name: string | null;
  /** Alerts that wait to be delivered, and those that were given up; `null` where nothing is delivered. */
  readonly outbox: { readonly waiting: number; readonly dead: number } | null;
  readonly now: number;
}

type Labels = readonly (readonly [name: string, value: string])[];

interface Metric {
  readonly name: string;
  readonly type: 'counter' | 'gauge';
  readonly help: string;
  readonly samples: readonly (readonly [Labels, number])[];
}

export function textfileOf(answer: CheckAnswer, totals: Totals, options: TextfileOptions): string {
  const own: Labels = [
    ['log', options.logs.join(' ')],
    ...(options.name === null ? [] : [['name', options.name] as const]),
  ];
  return metricsOf(answer, totals, options)
    .map(({ name, type, help, samples }) =>
      [
        `# HELP ${name} ${help}`,
        `# TYPE ${name} ${type}`,
        ...samples.map(([labels, value]) => `${name}{${labelText([...own, ...labels])}} ${value}`),
      ].join('\n'),
    )
    .join('\n')
    .concat('\n');
}

function metricsOf(answer: CheckAnswer, totals: Totals, options: TextfileOptions): readonly Metric[] {
  const { outbox, now } = options;
  const faults = [...options.rules, ...LOG_FAULTS].map(({ code, id, severity }) => {
    const labels: Labels = [
      ['code', code],
      ['rule', id],
      ['severity', severity],
    ];
    return { code, labels };
  });
  const open = new Map<string, number>();
  for (const { code } of answer.open) open.set(code, (open.get(code) ?? 0) + 1);
  const one = (name: string, help: string, value: number): Metric => gaugeOf(name, help, [[[], value]]);
  const sum = (name: string, help: string, value: number): Metric => ({
    name,
    type: 'counter',
    help,
    samples: [[[], value]],
  });
  return [
    {
      name: 'oclog_findings_total',
      type: 'counter',
      help: 'Findings reported, by code.',
      samples: faults.map(({ code, labels }) => [labels, totals.findings[code] ?? 0]),
    },
    gaugeOf(
      'oclog_open_faults',
      'Faults that are open, by code.',
      faults.map(({ code, labels }) => [labels, open.get(code) ?? 0]),
    ),
    one(
      'oclog_status',
      'Status of the last check: 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN.',
      CHECK_STATUS.indexOf(answer.status),
    ),
    one('oclog_troubles', 'What kept the last check from knowing.', answer.troubles.length),
    sum('oclog_read_bytes_total', 'Uncompressed bytes read.', totals.bytes),
    sum('oclog_read_lines_total', 'Lines read.', totals.lines),
    one('oclog_last_check_timestamp_seconds', 'When the last check ran, in seconds since 1970.', now / 1000),
    one('oclog_last_check_duration_seconds', 'How long the last check took.', answer.durationMs / 1000),
    ...(outbox === null
      ? []
      : [
          one('oclog_outbox_depth', 'Alerts that wait to be delivered.', outbox.waiting),
          one('oclog_dead_letters', 'Alerts that could not be delivered and were given up.', outbox.dead),
        ]),
  ];
}

function gaugeOf(name: string, help: string, samples: Metric['samples']): Metric {
  return { name, type: 'gauge', help, samples };
}

function labelText(labels: Labels): string {
  return labels.map(([name, value]) => `${name}="${escaped(value)}"`).join(',');
}

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
