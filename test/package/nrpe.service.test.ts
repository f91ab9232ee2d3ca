// The command for NRPE that is shipped, asked over the network as a Nagios elsewhere asks it.
import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, cpSync, mkdirSync, readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname } from 'node:path';
import { afterEach, expect, jest, test } from '@jest/globals';
import { CALM, CheckMachine, INVALID } from '../helpers/check-cli.ts';
import { MAIN } from '../helpers/cli.ts';
import { eventually } from '../helpers/eventually.ts';
import { freePort } from '../helpers/free-port.ts';
import { Peers } from '../helpers/peers.ts';
import { shipped } from '../helpers/shipped.ts';

jest.setTimeout(120_000);

const peers: Peers[] = [];
afterEach(async () => {
  for (const one of peers.splice(0)) await one.stop();
});

/** NRPE runs nothing as root. */
function userOfNrpe(): { readonly name: string; readonly own: (path: string) => void } {
  const { uid, username } = userInfo();
  if (uid !== 0) return { name: username, own: () => undefined };
  const [, id = ''] = /^nagios:[^:]*:(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8')) ?? [];
  return { name: 'nagios', own: (path) => chownSync(path, Number(id), -1) };
}

test('check_nrpe gets status, text, perfdata and detail', async () => {
  const all = new Peers();
  peers.push(all);
  const machine = new CheckMachine();
  machine.write(INVALID, CALM);
  // The user of NRPE need not reach this clone, nor where the log of the test lies.
  for (const folder of ['dist', 'log', 'state']) mkdirSync(all.at(folder));
  cpSync(dirname(MAIN), all.at('dist'), { recursive: true });
  cpSync(machine.log, all.at('log/oc.log'));
  chmodSync(all.dir, 0o755);
  const { name, own } = userOfNrpe();
  own(all.at('state'));
  const program = all.script(
    'oclog',
    `exec '${process.execPath}' '${all.at('dist/main.js')}' "$@" ${all.at('log')}`,
  );
  const commands = all.write(
    'oclog.cfg',
    shipped('nagios/oclog-nrpe.cfg', {
      '/usr/local/bin/oclog': program,
      '/var/lib/oclog-nagios': all.at('state'),
    }),
  );
  const port = await freePort();
  const file = all.write(
    'nrpe.cfg',
    `server_address=127.0.0.1
server_port=${port}
nrpe_user=${name}
nrpe_group=${name}
allowed_hosts=127.0.0.1
pid_file=${all.at('nrpe.pid')}
include=${commands}
`,
  );
  all.start('nrpe', ['-n', '-f', '-c', file]);
  const ask = (...command: readonly string[]) => {
    const words = ['-n', '-H', '127.0.0.1', '-p', String(port), '-t', '55', ...command];
    const { status, stdout } = spawnSync('/usr/lib/nagios/plugins/check_nrpe', words, { encoding: 'utf8' });
    return { status, lines: stdout.trimEnd().split('\n') };
  };
  await eventually(() => ask().lines.join(), /^NRPE v/);
  const { status, lines } = ask('-c', 'check_oclog');
  expect(lines[0]).toMatch(/^OCLOG CRITICAL - VNA1001 .* \| findings=1;;;0 critical=1;;;0 /);
  expect(lines).toContainEqual(expect.stringMatching(/^ {2}1\. /));
  expect(status).toBe(2);
  expect(ask('-c', 'check_oclog').lines[0]).toMatch(/^OCLOG CRITICAL - VNA1001 .* \(none new, /);
});
