// What the system knows of a process that a test has started.
import { readFileSync } from 'node:fs';

/** Resident, in bytes. */
export function memoryOf(pid: number): number {
  const [, kilobytes = '0'] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) * 1024;
}

/** Processor time used so far, in ticks. */
function ticksOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return Number(fields[11]) + Number(fields[12]);
}

/** Until the process does nothing any more: it waits for its reader. */
export async function standsStill(pid: number): Promise<void> {
  let [ticks, same] = [ticksOf(pid), 0];
  while (same < 3000) {
    await new Promise((resolve) => setImmediate(resolve));
    const now = ticksOf(pid);
    same = now === ticks ? same + 1 : 0;
    ticks = now;
  }
}
