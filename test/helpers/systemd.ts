// A real systemd that runs one service, as the first process of namespaces of its own: nothing of this machine's own
// services is touched.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProgram } from './child.ts';

const NAMESPACES = [
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
  /** Asks until the property reads like that; fails with what it read last. */
  until(property: string, pattern: RegExp): void;
  stop(): Promise<void>;
}

/** Whether this machine lets a process have namespaces of its own. */
export function hasNamespaces(): boolean {
  return spawnSync('unshare', [...NAMESPACES, 'mount', '-t', 'tmpfs', 'tmpfs', '/run']).status === 0;
}

/** `unit` is made from the folder that is given to it. */
export function startManager(name: string, unit: (dir: string) => string): Manager {
  const dir = mkdtempSync(join(tmpdir(), 'oclog-systemd-'));
  chmodSync(dir, 0o755);
  mkdirSync(join(dir, 'log'));
  writeFileSync(join(dir, name), unit(dir));
  writeFileSync(
    join(dir, 'init'),
    `mount -t tmpfs tmpfs /run && mkdir -p /run/systemd/system && cp ${dir}/${name} /run/systemd/system/
exec /lib/systemd/systemd --system --unit=${name} --log-target=console\n`,
  );
  const unshare = startProgram('unshare', [...NAMESPACES, 'sh', join(dir, 'init')]);
  const systemctl = (...words: readonly string[]): string => {
    const pid = childOf(unshare.process.pid ?? 0);
    const { stdout, stderr } = spawnSync('nsenter', ['-t', pid, '-m', '-p', 'systemctl', ...words], {
      encoding: 'utf8',
    });
    return stdout + stderr;
  };
  return {
    dir,
    systemctl,
    until: (property, pattern) => {
      const deadline = performance.now() + PATIENCE_MS;
      let last = '';
      while (performance.now() < deadline) {
        last = systemctl('show', name, '--property', property);
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
