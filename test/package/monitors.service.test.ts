// The definitions for Nagios and Icinga that are shipped, in programs of the test's own.
import { rmSync } from 'node:fs';
import { afterEach, expect, jest, test } from '@jest/globals';
import { CALM, CheckMachine, INVALID } from '../helpers/check-cli.ts';
import { eventually } from '../helpers/eventually.ts';
import { type Monitor, startIcinga, startNagios } from '../helpers/monitors.ts';

jest.setTimeout(180_000);

const running: Monitor[] = [];
afterEach(async () => {
  for (const monitor of running.splice(0)) await monitor.stop();
});

const PERFDATA =
  /^findings=(\d+);;;0 critical=\1;;;0 warning=0;;;0 info=0;;;0 bytes=[1-9]\d*B;;;0 lines=\d+;;;0$/;

test.each([
  ['Nagios', startNagios, ['--host', 'vna', '--quiet-after', '1s']],
  ['Icinga', startIcinga, ['--quiet-after', '1s']],
] as const)(
  '%s reads state, text, detail and perfdata, from OK over CRITICAL back to OK',
  async (_, start, options) => {
    const machine = new CheckMachine();
    machine.write(CALM);
    const monitor = start(machine.log, options);
    running.push(monitor);
    const { field } = monitor;
    await eventually(() => field('plugin_output'), /^OCLOG OK - no AWS fault is open/);
    expect(field('current_state')).toBe('0');

    // What a log holds begins no perfdata.
    machine.write(INVALID.replace('The security', '| findings=0;;;0 The security'), CALM);
    await eventually(() => field('plugin_output'), /^OCLOG CRITICAL - VNA1001 .* \(1 new, /);
    // A hard state at the first attempt: whoever is to be told is told now.
    expect([field('current_state'), field('state_type'), field('current_attempt')]).toEqual(['2', '1', '1']);
    expect(field('performance_data')).toMatch(PERFDATA);
    const detail = field('long_plugin_output').split('\\n');
    expect(detail).toContainEqual(expect.stringMatching(/^CRITICAL VNA1001 /));
    expect(detail).toContainEqual(
      expect.stringMatching(/^ {2}InvalidClientTokenId, host \S+, .*oc\.log:2: /),
    );
    // The first step of the fix.
    expect(detail).toContainEqual(expect.stringMatching(/^ {2}1\. /));

    // Nothing new, and still wrong.
    await eventually(() => field('plugin_output'), /^OCLOG CRITICAL - VNA1001 .* \(none new, /);
    expect(field('current_state')).toBe('2');

    machine.write(CALM);
    await eventually(() => field('plugin_output'), /^OCLOG OK /);
    expect(field('current_state')).toBe('0');

    rmSync(machine.log);
    await eventually(() => field('plugin_output'), /^OCLOG UNKNOWN - .*oc\.log/);
    expect(field('current_state')).toBe('3');
  },
);
