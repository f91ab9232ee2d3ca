// Sixteen words that an admin may well look for, as a rule of oclog's and as a pattern of grep's.
import { writeFileSync } from 'node:fs';

export const SIXTEEN = [
  'OutOfMemoryError',
  'StackOverflowError',
  'NoClassDefFoundError',
  'DeadlockDetected',
  'TooManyOpenFiles',
  'ORA-01017',
  'WFLYCTL0348',
  'WFLYSRV0055',
  'ARJUNA012117',
  'IJ000453',
  'certificate_expired',
  'PKIX_path_building',
  'LicenseExpired',
  'DiskQuotaExceeded',
  'ConnectionPoolExhausted',
  'JdbcSQLTimeout',
] as const;

export function writeRule(path: string): void {
  const leaves = SIXTEEN.map((word) => `    - { contains: ${word} }`).join('\n');
  const samples = SIXTEEN.map(
    (word) => `    - { name: ${word}, text: 'ERROR [ACI_PLUGIN] (t) ${word}' }`,
  ).join('\n');
  writeFileSync(
    path,
    `schema: 1
id: bench.sixteen
code: BENCH16
title: One of sixteen words
severity: warning
confidence: likely
sources: [{ title: none, url: 'https://example.com/' }]
match:
  any:
${leaves}
advice:
  summary: None.
  why: It is a benchmark.
  steps: [{ do: Nothing., where: vna-server }]
  verify: [{ do: Nothing. }]
samples:
  match:
${samples}
  nomatch: [{ name: none of them, text: 'ERROR [ACI_PLUGIN] (t) fine' }]
`,
  );
}
