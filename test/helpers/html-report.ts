// HTML reports for tests: of a log scanned by the real pipeline, or of findings made by hand.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scan } from '../../src/app/scan.ts';
import type { Finding } from '../../src/findings/finding.ts';
import type { ScanEvent, ScanSummary } from '../../src/findings/scan-event.ts';
import { openReport, type ReportOptions } from '../../src/reports/report.ts';
import { builtInRules } from './scan.ts';
import { recordAt } from './vna-log.ts';

/** What log text may try on a page: every way out of text, attributes, style and script. */
export const ATTACKS: readonly string[] = [
  '<script>window.pwned=1</script>',
  '</pre></details></article><img src=x onerror="window.pwned=1">',
  '<svg onload=window.pwned=1><a href="javascript:window.pwned=1">key</a></svg>',
  '" autofocus onfocus="window.pwned=1" x="',
  "' onmouseover='window.pwned=1' x='",
  '</style><style>body{display:none}</style>',
  '</title></script><script src="https://evil.example/x.js"></script>',
  '<!--<script>alert(1)//-->',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is what an attacker writes
  '${window.pwned=1} {{constructor.constructor("window.pwned=1")()}} <%= 7*7 %>',
  '<iframe srcdoc="<script>parent.pwned=1</script>"></iframe><base href="https://evil.example/">',
  '<meta http-equiv=refresh content="0;url=https://evil.example/"><link rel=stylesheet href=//evil.example>',
  '&lt;script&gt;window.pwned=1&lt;/script&gt; &#x3c;b&#x3e;',
  'https://evil.example/click javascript:alert(1) \u202egnp.exe',
];

export async function renderEvents(
  events: Iterable<ScanEvent>,
  options: Partial<ReportOptions> = {},
): Promise<string> {
  const report = await openReport('html', {
    color: false,
    columns: 80,
    unicode: true,
    checked: [],
    host: 'vna-test',
    version: '1.2.3',
    now: new Date('2024-03-02T10:00:00Z'),
    ...options,
  });
  let page = '';
  for (const event of events) page += report.take(event);
  return page + [...report.end()].join('');
}

/** Scans `text` as `name` and renders it as the command line does. */
export async function renderLog(text: string, name = 'oc.log'): Promise<string> {
  const rules = await builtInRules();
  const folder = mkdtempSync(join(tmpdir(), 'oclog-html-'));
  try {
    writeFileSync(join(folder, name), text);
    const events: ScanEvent[] = [];
    for await (const event of scan([folder], { rules, host: 'vna-test', context: 3 })) events.push(event);
    return await renderEvents(events, { checked: rules.rules });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Faults of several kinds, causes and regions, with ordinary records between; `words` stand in every message. */
export function faultyLog(words: readonly string[] = ['']): string {
  const thrown = (service: string, message: string, code: string, status: number): string =>
    `Failed to connect: com.amazonaws.services.x.model.${service}Exception: ${message} ` +
    `(Service: ${service}; Status Code: ${status}; Error Code: ${code}; Request ID: 0a1b2c3d-1111-2222-3333-444455556666)` +
    '\n\tat com.example.A.b(A.java:1)\n\tat com.example.A.c(A.java:2)\n\tat com.example.A.d(A.java:3)';
  const scope = (region: string): string =>
    `The request signature we calculated does not match. Credential=ASIAIOSFODNN7EXAMPLE/20240301/${region}/iam/aws4_request`;
  return Array.from({ length: 36 }, (_, index) => {
    const time = new Date(Date.UTC(2024, 2, 1, 8, index * 7, index));
    const said = words[index % words.length] ?? '';
    const kinds = [
      [
        'ERROR',
        thrown(
          'AmazonIdentityManagement',
          `The security token is invalid. ${said}`,
          'InvalidClientTokenId',
          403,
        ),
      ],
      ['INFO', `ordinary record ${said}`],
      [
        'ERROR',
        thrown(
          'AmazonEC2',
          `${scope(['us-east-1', 'eu-west-1'][index % 4 < 2 ? 0 : 1] ?? '')} ${said}`,
          'SignatureDoesNotMatch',
          403,
        ),
      ],
      ['WARN', thrown('AmazonCloudWatch', `Rate exceeded ${said}`, 'Throttling', 400)],
      ['INFO', index < 20 ? 'accessKeyId=ASIAIOSFODNN7EXAMPLE' : 'nothing to say'],
      [
        'ERROR',
        `Failed: com.amazonaws.SdkClientException: Unable to execute HTTP request: Connect timed out ${said}`,
      ],
    ] as const;
    const [level, message] = kinds[index % kinds.length] ?? kinds[0];
    return recordAt(time, level, 'AWS_PLUGIN', 'default task-1', message);
  }).join('');
}

export function findingOf(changes: Partial<Finding> = {}): Finding {
  return {
    schemaVersion: 1,
    type: 'finding',
    id: '0123456789abcdef',
    host: 'vna-test',
    code: 'VNA1001',
    rule: 'aws.invalid-client-token-id',
    severity: 'critical',
    title: 'AWS does not recognise the access key that VNA sent',
    variant: 'temporary-key',
    confidence: 'certain',
    fingerprint: '0123456789ab',
    time: '2024-03-01T10:15:30.123',
    timeInferred: false,
    truncated: false,
    source: { path: 'oc.log', line: 7, endLine: 9, offset: 700, bytes: 300 },
    record: {
      level: 'ERROR',
      plugin: 'AWS_PLUGIN',
      category: 'AWS_PLUGIN',
      thread: 'default task-1',
      text: '2024-03-01 10:15:30,123 ERROR [AWS_PLUGIN] no: InvalidClientTokenId',
    },
    aws: {
      service: 'AmazonIdentityManagement',
      status: 403,
      errorCode: 'InvalidClientTokenId',
      inferred: false,
      message: 'no',
      requestId: null,
      region: null,
      accessKey: null,
      sdk: 'v1',
    },
    advice: {
      summary: 'Give VNA a permanent key.',
      why: 'The key is temporary.',
      steps: [
        {
          do: 'Make a key.',
          where: 'aws-console',
          run: 'aws --version\n  aws sts get-caller-identity &&\n\techo "<done>"\n',
          expect: 'A key.',
          source: 'KB 1, Cause',
        },
      ],
      verify: [{ do: 'Scan.', run: 'oclog scan --since 10m', expect: 'Nothing.' }],
      links: [{ title: 'Broadcom KB 1', url: 'https://knowledge.broadcom.com/external/article/1' }],
    },
    ...changes,
  };
}

export function summaryOf(changes: Partial<ScanSummary> = {}): ScanSummary {
  return {
    type: 'summary',
    schemaVersion: 1,
    inputs: 1,
    bytes: 1000,
    lines: 10,
    recognised: true,
    findings: 0,
    byCode: {},
    errors: 0,
    durationMs: 5,
    interrupted: false,
    notes: [],
    ...changes,
  };
}
