// How far the following has come: one line on a terminal while it lasts, one when it ends.
import type { TailStatus } from '../app/followed-log.ts';
import type { TailEvent } from '../app/tail.ts';
import { formatSize } from '../lib/sizes.ts';

export class TailStatusLine {
  readonly #logs = new Map<string, TailStatus>();
  readonly #byCode = new Map<string, number>();
  #findings = 0;
  #last = '';

  take(event: TailEvent): void {
    if (event.type === 'status') this.#logs.set(event.path, event);
    if (event.type === 'event') this.#last = `${event.event} ${event.path}`;
    if (event.type !== 'finding') return;
    this.#findings += 1;
    this.#byCode.set(event.code, (this.#byCode.get(event.code) ?? 0) + 1);
    this.#last = `${event.code}${event.time === null ? '' : ` at ${event.time.replace('T', ' ').replace(/\.\d+/, '')}`}`;
  }

  /** For a terminal, and of its width. */
  line(columns: number): string {
    const behind = this.#sum('behind');
    const parts = [
      this.#amount(),
      ...(behind > 0 ? [`${formatSize(behind)} behind`] : []),
      ...(this.#last === '' ? [] : [`last: ${this.#last}`]),
    ];
    // The spinner and a blank stand before it.
    return parts.join(', ').slice(0, Math.max(0, columns - 3));
  }

  /** When it is over. */
  summary(): string {
    const codes = [...this.#byCode]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([code, count]) => `${code} x${count}`);
    return `${this.#amount()}${codes.length === 0 ? '' : ` (${codes.join(', ')})`}`;
  }

  #amount(): string {
    const logs = this.#logs.size > 1 ? `${this.#logs.size} logs, ` : '';
    const lines = this.#sum('lines');
    const findings = this.#findings;
    return `${logs}${formatSize(this.#sum('bytes'))}, ${lines} lines, ${findings} ${this.#findings === 1 ? 'finding' : 'findings'}`;
  }

  #sum(key: 'bytes' | 'lines' | 'behind'): number {
    return [...this.#logs.values()].reduce((sum, status) => sum + status[key], 0);
  }
}
