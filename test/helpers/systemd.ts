// A real systemd that runs one service, as the first process of namespaces of its own: nothing of this machine's own
// services is touched.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProgram } from './child.ts';

/** For `unshare`: what dies with the namespaces' first process touches nothing of this machine. */
export const NAMESPACES = [
  '--fork',
  '--pid',
  '--mount',
  '--uts',
  '--ipc',
  '--cgroup',
  '--mount-proc',
  '--kill-child',
];
const PATIENCE_MS = 60_000;

export interface Manager {
  /** In which the service may write. */
  readonly dir: string;
  readonly systemctl: (...words: readonly string[]) => string;
  /** What its journal holds of the service, as `journalctl` shows it. */
  readonly journal: (...words: readonly string[]) => string;
  /** Asks until the property reads like that; fails with what it read last. Of the unit that was started, or of another. */
  until(property: string, pattern: RegExp, other?: string): void;
  stop(): Promise<void>;
}

/** Whether this machine lets a process have namespaces of its own. */
export function hasNamespaces(): boolean {
  return spawnSync('unshare', [...NAMESPACES, 'mount', '-t', 'tmpfs', 'tmpfs', '/run']).status === 0;
}

/** Units are made from the folder that is given to them; the one of that name is started, the `others` are there. */
export function startManager(
  name: string,
  unit: (dir: string) => string,
  others: Readonly<Record<string, (dir: string) => string>> = {},
): Manager {
  const dir = mkdtempSync(join(tmpdir(), 'oclog-systemd-'));
  chmodSync(dir, 0o755);
  mkdirSync(join(dir, 'log'));
  mkdirSync(join(dir, 'units'));
  for (const [file, make] of Object.entries({ ...others, [name]: unit }))
    writeFileSync(join(dir, 'units', file), make(dir));
  writeFileSync(
    join(dir, 'init'),
    `mount -t tmpfs tmpfs /var/lib && mount -t tmpfs tmpfs /run && mkdir -p /run/systemd/system && cp ${dir}/units/* /run/systemd/system/
mkdir -p /run/log/journal && /lib/systemd/systemd-journald &
until [ -S /run/systemd/journal/stdout ]; do sleep 0.02; done
exec /lib/systemd/systemd --system --unit=${name} --log-target=console\n`,
  );
  const unshare = startProgram('unshare', [...NAMESPACES, 'sh', join(dir, 'init')]);
  const inside = (...words: readonly string[]): string => {
    const pid = childOf(unshare.process.pid ?? 0);
    const { stdout, stderr } = spawnSync('nsenter', ['-t', pid, '-m', '-p', ...words], { encoding: 'utf8' });
    return stdout + stderr;
  };
  const systemctl = (...words: readonly string[]): string => inside('systemctl', ...words);
  return {
    dir,
    systemctl,
    journal: (...words) => {
      inside('journalctl', '--sync');
      return inside('journalctl', '--directory=/run/log/journal', '--unit', name, '--output=cat', ...words);
    },
    until: (property, pattern, other = name) => {
      const deadline = performance.now() + PATIENCE_MS;
      let last = '';
      while (performance.now() < deadline) {
        last = systemctl('show', other, '--property', property);
        if (pattern.test(last)) return;
      }
      throw new Error(`no ${pattern} but ${last}; the manager said ${JSON.stringify(unshare.said)}`);
    },
    stop: async () => {
      unshare.process.kill('SIGKILL');
      await unshare.ended();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

function childOf(pid: number): string {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
}
