// An rsyslogd of a test's own, which follows an oc.log and hands its records to a stage, set up as docs/service.md says.
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Child, startProgram } from './child.ts';
import { MAIN } from './cli.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/service.md'), 'utf8');

export interface Shipper {
  readonly dir: string;
  readonly log: string;
  /** Where the stage puts its findings. */
  readonly found: string;
  /** What the findings' file holds as it grows. */
  readonly watcher: Child;
  /** Process ids of the stages that were started, in order. */
  stages(): number[];
  stop(): Promise<void>;
}

/** The configuration of the page that begins with this comment, for other paths. */
function configuration(title: string, dir: string): string {
  const blocks = Array.from(page.matchAll(/^```rsyslog\n(.*?)^```$/gms), ([, body = '']) => body);
  const block = blocks.find((one) => one.startsWith(`# ${title}`)) ?? '';
  return `global(workDirectory="${dir}/work" maxMessageSize="256k")\n${block
    .replaceAll('/opt/CA/VNA/wildfly/standalone/log', dir)
    .replace('/usr/local/bin/oclog', `${dir}/stage`)
    .replaceAll('/var/log/oclog', `${dir}/out`)}`;
}

/** `stage` is the shell's command for the stage; `$OCLOG` is oclog, and `"$@"` the words of the configuration. */
export function startShipper(title: string, stage = 'exec $OCLOG "$@"'): Shipper {
  const dir = mkdtempSync(join(tmpdir(), 'oclog-rsyslog-'));
  for (const folder of ['work', 'out']) mkdirSync(join(dir, folder));
  const found = join(dir, 'out/findings.ndjson');
  writeFileSync(found, '');
  writeFileSync(join(dir, 'pids'), '');
  writeFileSync(join(dir, 'oc.log'), '');
  writeFileSync(join(dir, 'rsyslog.conf'), configuration(title, dir));
  const script = `#!/bin/sh\necho $$ >> ${dir}/pids\nOCLOG="${process.execPath} ${MAIN}"\ncd ${dir}\n${stage}\n`;
  writeFileSync(join(dir, 'stage'), script);
  chmodSync(join(dir, 'stage'), 0o755);
  const words = ['-n', '-f', join(dir, 'rsyslog.conf'), '-i', join(dir, 'rsyslogd.pid')];
  const rsyslogd = startProgram('rsyslogd', words);
  const watcher = startProgram('tail', ['-q', '-n', '+1', '-F', found]);
  return {
    dir,
    log: join(dir, 'oc.log'),
    found,
    watcher,
    stages: () => readFileSync(join(dir, 'pids'), 'utf8').trim().split('\n').filter(Boolean).map(Number),
    stop: async () => {
      rsyslogd.process.kill('SIGTERM');
      await rsyslogd.ended();
      watcher.process.kill('SIGTERM');
      await watcher.ended();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
