// A real cron with a real exim behind it, in namespaces of their own: over the directories of this machine that they use
// lie empty ones, so that cron knows one file and mail goes nowhere else.
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProgram } from './child.ts';
import { installOclog } from './shipped.ts';
import { NAMESPACES } from './systemd.ts';

/** User of every Debian with a mailbox: what exim delivers to. */
export const MAILBOX_OWNER = 'mail';

export interface CronMachine {
  readonly dir: string;
  /** Exit statuses of oclog so far. */
  statuses(): readonly number[];
  /** All mail so far, one text. */
  mailbox(): string;
  stop(): Promise<void>;
}

/** `file` is made from the folder in which oclog is found, and a log can lie. */
export function startCron(file: (dir: string) => string): CronMachine {
  const dir = mkdtempSync(join(tmpdir(), 'oclog-cron-'));
  chmodSync(dir, 0o755);
  for (const folder of ['mail', 'program']) mkdirSync(join(dir, folder));
  const at = (name: string): string => join(dir, name);
  const program = installOclog(at('program'));
  writeFileSync(at('statuses'), '');
  writeFileSync(
    at('oclog'),
    `#!/bin/sh\n${program} "$@"\nstatus=$?\necho $status >> ${at('statuses')}\nexit $status\n`,
  );
  chmodSync(at('oclog'), 0o755);
  writeFileSync(at('cron.d'), file(dir));
  writeFileSync(
    at('init'),
    `set -e
exec >> ${at('said')} 2>&1
mount -t tmpfs tmpfs /etc/cron.d
mount --bind /dev/null /etc/crontab
mount -t tmpfs tmpfs /var/spool/cron
mkdir /var/spool/cron/crontabs
mount -t tmpfs tmpfs /run
for folder in /var/spool/exim4 /var/log/exim4; do
  mount -t tmpfs -o mode=0750,uid=Debian-exim,gid=Debian-exim tmpfs $folder
done
mount --bind ${at('mail')} /var/mail
chown root:mail /var/mail
chmod 2775 /var/mail
cp ${at('cron.d')} /etc/cron.d/oclog
exec cron -f -L 15
`,
  );
  const unshare = startProgram('unshare', [...NAMESPACES, 'sh', at('init')]);
  const read = (name: string): string => {
    try {
      return readFileSync(at(name), 'utf8');
    } catch {
      return '';
    }
  };
  return {
    dir,
    statuses: () => read('statuses').trim().split('\n').filter(Boolean).map(Number),
    mailbox: () => read(`mail/${MAILBOX_OWNER}`),
    stop: async () => {
      unshare.process.kill('SIGKILL');
      await unshare.ended();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
