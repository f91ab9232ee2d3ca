// Scans text or files through the public pipeline, built-in rules included.
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scan } from '../../src/app/scan.ts';
import type { ScanOptions } from '../../src/app/settings.ts';
import type { Finding } from '../../src/findings/finding.ts';
import type { ScanError, ScanSummary } from '../../src/findings/scan-event.ts';
import { loadRules } from '../../src/rules/builtin.ts';
import { compileRules, type RuleSet } from '../../src/rules/compile.ts';

export interface Scanned {
  readonly findings: readonly Finding[];
  readonly errors: readonly ScanError[];
  readonly summary: ScanSummary;
}

let builtIn: Promise<RuleSet> | null = null;

/** The built-in rules, compiled once a test file. */
export function builtInRules(): Promise<RuleSet> {
  builtIn ??= loadRules([]).then(compileRules);
  return builtIn;
}

export async function scanPaths(
  paths: readonly string[],
  options: Partial<ScanOptions> = {},
): Promise<Scanned> {
  const findings: Finding[] = [];
  const errors: ScanError[] = [];
  let summary: ScanSummary | null = null;
  const rules = options.rules ?? (await builtInRules());
  for await (const event of scan(paths, { host: 'vna-test', ...options, rules })) {
    if (event.type === 'finding') findings.push(event);
    else if (event.type === 'error') errors.push(event);
    else if (event.type === 'summary') summary = event;
  }
  if (summary === null) throw new Error('a scan ended without a summary');
  return { findings, errors, summary };
}

/** Scans `content` as the file `name` in a folder of its own. */
export async function scanText(
  content: string | Buffer,
  options: Partial<ScanOptions> & { readonly name?: string; readonly modified?: Date } = {},
): Promise<Scanned> {
  const folder = mkdtempSync(join(tmpdir(), 'oclog-scan-'));
  try {
    const { name = 'oc.log', modified, ...rest } = options;
    const path = join(folder, name);
    writeFileSync(path, content);
    if (modified !== undefined) utimesSync(path, modified, modified);
    return await scanPaths([path], rest);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
