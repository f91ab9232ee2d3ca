// What a service of systemd's type `notify` tells its manager: that it is ready, what it does, that it is alive. Node
// cannot write to the manager's kind of socket, so systemd's own program does, as a child.
import { spawn } from 'node:child_process';
import type { TailEvent } from '../app/tail.ts';
import type { ReadMeter } from '../sources/source.ts';
import type { Console } from './console.ts';

/** Takes assignments as sd_notify(3) lists them. */
type Notify = (fields: readonly string[]) => void;

export interface Service {
  observe(event: TailEvent): void;
  /** To be called about twice in the manager's time: says that all is alive, if it is. */
  beat(): void;
  stopping(): void;
}

const NO_SERVICE: Service = { observe: () => undefined, beat: () => undefined, stopping: () => undefined };

/** Beats by itself until the signal; does nothing where no manager listens. */
export function openService(paths: readonly string[], meter: ReadMeter, io: Console): Service {
  if (!io.env['NOTIFY_SOCKET']) return NO_SERVICE;
  const service = new NotifyingService(
    paths,
    meter,
    systemdNotify((message) => io.say(message)),
  );
  const every = watchdogMs(io.env, process.pid);
  const timer = every === null ? null : setInterval(() => service.beat(), every / 2).unref();
  io.signal.addEventListener('abort', () => {
    if (timer !== null) clearInterval(timer);
    service.stopping();
  });
  return service;
}

/** How often the manager wants to hear; `null` if it does not, or means another process. */
export function watchdogMs(env: Console['env'], pid: number): number | null {
  const { WATCHDOG_USEC: micros = '', WATCHDOG_PID: addressee = '' } = env;
  if (addressee !== '' && addressee !== String(pid)) return null;
  return /^[1-9]\d*$/.test(micros) ? Math.min(Number(micros) / 1000, 2 ** 31 - 1) : null;
}

/**
 * Waits, in the child, until the manager took the message: with `--no-block` the child may be gone before the manager
 * has found out which service it belongs to.
 */
function systemdNotify(say: (message: string) => void): Notify {
  let isSaid = false;
  return (fields) => {
    const child = spawn('systemd-notify', fields, { stdio: 'ignore' });
    child.unref();
    child.on('error', (error) => {
      if (!isSaid) say(`oclog: systemd cannot be told how it goes: ${error.message}`);
      isSaid = true;
    });
  };
}

export class NotifyingService implements Service {
  readonly #paths: readonly string[];
  readonly #meter: ReadMeter;
  readonly #notify: Notify;
  /** Logs that were looked at once. */
  readonly #begun = new Set<string>();
  /** Logs that are not there, or must not be read. */
  readonly #waiting = new Set<string>();
  /** Logs that were looked at since the last beat. */
  readonly #lookedAt = new Set<string>();
  #readAtBeat = 0;
  #findings = 0;
  #status = '';
  #isReady = false;

  constructor(paths: readonly string[], meter: ReadMeter, notify: Notify) {
    this.#paths = paths;
    this.#meter = meter;
    this.#notify = notify;
    // It has no moments at which nothing waits to be read: what it brings is dealt with at once.
    if (paths.includes('-')) this.#begun.add('-');
  }

  observe(event: TailEvent): void {
    if (event.type === 'finding') {
      this.#findings += 1;
      return;
    }
    if (event.type === 'status') {
      this.#begun.add(event.path);
      this.#lookedAt.add(event.path);
    } else if (event.event === 'missing' || event.event === 'unreadable') this.#waiting.add(event.path);
    else this.#waiting.delete(event.path);
    if (!this.#isReady && this.#paths.every((path) => this.#begun.has(path))) {
      this.#isReady = true;
      this.#tell(['READY=1']);
    } else if (this.#isReady && event.type === 'event') this.#tell([]);
  }

  beat(): void {
    // A long archive is read without a pause: that is alive too.
    const isReading = this.#meter.read > this.#readAtBeat;
    const areAllLookedAt = this.#paths.every((path) => path === '-' || this.#lookedAt.has(path));
    this.#readAtBeat = this.#meter.read;
    this.#lookedAt.clear();
    if (isReading || areAllLookedAt) this.#tell(['WATCHDOG=1']);
  }

  stopping(): void {
    this.#notify(['STOPPING=1', 'STATUS=ending']);
  }

  /** With the status, if that is news. */
  #tell(fields: readonly string[]): void {
    const status = this.#describe();
    const news = status === this.#status ? fields : [...fields, `STATUS=${status}`];
    this.#status = status;
    if (news.length > 0) this.#notify(news);
  }

  #describe(): string {
    const [first = ''] = this.#paths;
    const logs = this.#paths.length === 1 ? first : `${this.#paths.length} logs`;
    const missing = this.#waiting.size === 0 ? '' : `, waits for ${[...this.#waiting].join(', ')}`;
    return `follows ${logs}${missing}, ${this.#findings} ${this.#findings === 1 ? 'finding' : 'findings'}`;
  }
}
