// The file for cron that is shipped, run by a real cron, which hands its mail to a real exim.
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, jest, test } from '@jest/globals';
import { CALM, INVALID } from '../helpers/check-cli.ts';
import { MAILBOX_OWNER, startCron } from '../helpers/cron.ts';
import { eventually } from '../helpers/eventually.ts';
import { shipped } from '../helpers/shipped.ts';
import { hasNamespaces } from '../helpers/systemd.ts';

jest.setTimeout(300_000);

function write(log: string, ...records: readonly string[]): void {
  const time = new Date().toISOString().replace('T', ' ').replace('.', ',').replace('Z', '');
  for (const record of records) appendFileSync(log, `${time} ${record}\n`);
}

const canRun = hasNamespaces();
if (!canRun) process.stderr.write('no namespaces here: the file for cron is not run by a real cron\n');

(canRun ? test : test.skip)(
  'cron mails a fault once, and no mail is sent while there is no news',
  async () => {
    const cron = startCron((dir) => {
      write(join(dir, 'oc.log'), INVALID, CALM);
      return shipped('cron.d/oclog', {
        'netops@example.com': MAILBOX_OWNER,
        'PATH=/usr/local/bin': `TZ=UTC\nPATH=${dir}`,
        '/var/lib/oclog': join(dir, 'state'),
        '*/5': '*',
        ' oclog oclog check': ' root oclog check',
        '--deadline 4m': `--deadline 4m ${dir}`,
      });
    });
    try {
      await eventually(() => cron.statuses().join(), /^2$/);
      await eventually(cron.mailbox, /^ {2}1\. /m);
      await eventually(() => cron.statuses().join(), /^2,0$/);

      const mails = cron.mailbox().split(/^(?=From )/m);
      expect(mails.length).toBe(1);
      const [mail = ''] = mails;
      expect(mail).toMatch(/^To: mail@/m);
      expect(mail).toMatch(/^Subject: Cron <root@.*> oclog check --cron .* \(failed\)$/m);
      expect(mail).toMatch(/^OCLOG CRITICAL - VNA1001 .* \(1 new, /m);
      expect(mail).toMatch(/^ {2}1\. /m);
    } finally {
      await cron.stop();
    }
  },
);
