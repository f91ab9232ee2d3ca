// A Nagios and an Icinga of a test's own, with the definitions that are shipped; each checks every few seconds.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { startProgram } from './child.ts';
import { installOclog, shipped } from './shipped.ts';

export interface Monitor {
  /** What its status file says of the service. */
  field(name: string): string;
  stop(): Promise<void>;
}

const TEMPLATES = `
define command {
    command_name  none
    command_line  /bin/true
}
define contact {
    contact_name                   nobody
    host_notification_commands     none
    service_notification_commands  none
}
define timeperiod {
    timeperiod_name  always
    alias            always
    sunday     00:00-24:00
    monday     00:00-24:00
    tuesday    00:00-24:00
    wednesday  00:00-24:00
    thursday   00:00-24:00
    friday     00:00-24:00
    saturday   00:00-24:00
}
define host {
    host_name              vna.example.com
    address                127.0.0.1
    active_checks_enabled  0
    max_check_attempts     1
    check_period           always
    contacts               nobody
}
define service {
    name                 generic-service
    register             0
    check_period         always
    notification_period  always
    contacts             nobody
}
`;

export function startNagios(log: string, options: readonly string[]): Monitor {
  const { place, at } = makePlace();
  const { username } = userInfo();
  mkdirSync(at('results'));
  writeFileSync(at('templates.cfg'), TEMPLATES);
  writeFileSync(
    at('oclog.cfg'),
    shipped('nagios/oclog.cfg', {
      '/usr/local/bin/oclog': installOclog(place),
      '/var/lib/oclog-nagios': at('state'),
      '/opt/CA/VNA/wildfly/standalone/log': [...options, log].join(' '),
    }),
  );
  const settings = [
    ['cfg_file', at('templates.cfg')],
    ['cfg_file', at('oclog.cfg')],
    ['log_file', at('nagios.log')],
    ['object_cache_file', at('objects.cache')],
    ['precached_object_file', at('objects.precache')],
    ['status_file', at('status.dat')],
    ['temp_file', at('nagios.tmp')],
    ['temp_path', place],
    ['lock_file', at('nagios.lock')],
    ['command_file', at('nagios.cmd')],
    ['query_socket', at('nagios.qh')],
    ['check_result_path', at('results')],
    ['state_retention_file', at('retention.dat')],
    ['nagios_user', username],
    ['nagios_group', username],
    ['interval_length', '1'],
    ['status_update_interval', '1'],
    ['check_result_reaper_frequency', '1'],
    ['service_inter_check_delay_method', 'n'],
    ['check_for_updates', '0'],
    ['use_syslog', '0'],
  ];
  writeFileSync(at('nagios.cfg'), settings.map(([name, value]) => `${name}=${value}\n`).join(''));
  return monitor(place, 'nagios4', [at('nagios.cfg')], 'VNA AWS plugin');
}

export function startIcinga(log: string, options: readonly string[]): Monitor {
  const { place, at } = makePlace();
  const vars = options.flatMap((option, index) =>
    option.startsWith('--')
      ? [`vars.oclog_${option.slice(2).replaceAll('-', '_')} = "${options[index + 1]}"`]
      : [],
  );
  const definitions = shipped('icinga2/oclog.conf', {
    '/usr/local/bin/oclog': installOclog(place),
    '/var/lib/oclog-icinga': at('state'),
    '_interval = 5m': '_interval = 2s',
  });
  writeFileSync(
    at('icinga2.conf'),
    `include <itl>
object CheckerComponent "checker" { }
object StatusDataWriter "status" {
  status_path = "${at('status.dat')}"
  objects_path = "${at('objects.cache')}"
  update_interval = 1s
}
object CheckCommand "none" { command = [ "/bin/true" ] }
object Host "vna.example.com" {
  check_command = "none"
  vars.oclog = true
  vars.oclog_logs = [ "${log}" ]
  ${vars.join('\n  ')}
}
${definitions}`,
  );
  const { username } = userInfo();
  const constants = {
    ...Object.fromEntries(
      ['CacheDir', 'DataDir', 'LogDir', 'InitRunDir', 'SpoolDir'].map((name) => [name, at(name)]),
    ),
    RunAsUser: username,
    RunAsGroup: username,
  };
  for (const folder of Object.values(constants).filter((value) => value !== username)) mkdirSync(folder);
  const defined = Object.entries(constants).map(([name, value]) => `-D${name}=${value}`);
  return monitor(place, 'icinga2', ['daemon', '-c', at('icinga2.conf'), ...defined], 'oclog');
}

function makePlace(): { readonly place: string; at(name: string): string } {
  const place = mkdtempSync(join(tmpdir(), 'oclog-monitor-'));
  return { place, at: (name) => join(place, name) };
}

function monitor(place: string, program: string, words: readonly string[], service: string): Monitor {
  const daemon = startProgram(program, words);
  return {
    field: (name) => {
      const status = readFileSync(join(place, 'status.dat'), 'utf8');
      return (
        serviceIn(status, service)?.get(name) ?? `not checked yet; it said ${JSON.stringify(daemon.said)}`
      );
    },
    stop: async () => {
      daemon.process.kill('SIGTERM');
      await daemon.ended();
      rmSync(place, { recursive: true, force: true });
    },
  };
}

/** Of the service on the host that was checked last, its fields; `null` before its first check. */
function serviceIn(statusDat: string, service: string): ReadonlyMap<string, string> | null {
  for (const [, body = ''] of statusDat.matchAll(/^servicestatus \{\n(.*?)^\s*\}$/gms)) {
    const fields = new Map(
      body.split('\n').map((line) => {
        const at = line.indexOf('=');
        return [line.slice(0, at).trim(), line.slice(at + 1)] as const;
      }),
    );
    if (fields.get('service_description') === service && fields.get('has_been_checked') === '1')
      return fields;
  }
  return null;
}
