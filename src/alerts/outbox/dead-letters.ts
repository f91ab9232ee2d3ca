// Notices that were given up: kept for people to look at, to send again or to drop; bounded in time and space.
import type { Disk } from './disk.ts';
import { type Entry, fileOf } from './entry.ts';
import { Folder } from './folder.ts';

const KEEP_MS = 30 * 86_400_000;
const MOST_BYTES = 50 * 1024 * 1024;

export class DeadLetters {
  readonly #folder: Folder;

  constructor(path: string, disk: Disk) {
    this.#folder = new Folder(path, disk);
  }

  async add(entry: Entry): Promise<void> {
    await this.#folder.add([entry]);
  }

  async count(): Promise<number> {
    return (await this.#folder.names()).length;
  }

  /** `null` where there is none of this file name that verifies. */
  async find(name: string): Promise<Entry | null> {
    const entry = await this.#folder.read(name);
    return entry === false ? null : entry;
  }

  /** The latest first; what does not verify is left out. */
  async list(): Promise<readonly Entry[]> {
    const entries: Entry[] = [];
    for (const name of await this.#folder.names()) {
      const entry = await this.#folder.read(name);
      if (entry !== null && entry !== false) entries.push(entry);
    }
    return entries.sort((a, b) => (b.diedAt ?? 0) - (a.diedAt ?? 0) || (a.notice.id < b.notice.id ? -1 : 1));
  }

  async remove({ notice, channel }: Entry): Promise<void> {
    await this.#folder.remove(fileOf({ id: notice.id, channel }));
    await this.#folder.sync();
  }

  /** Forgets what is too old, and of more than fits the oldest. */
  async prune(now: number): Promise<void> {
    await this.#folder.tidy(now);
    const names = await this.#folder.names();
    const kept: { readonly name: string; readonly diedAt: number; readonly size: number }[] = [];
    for (const name of names) {
      const entry = await this.#folder.read(name);
      const diedAt = entry === null || entry === false ? 0 : (entry.diedAt ?? 0);
      if (now - diedAt > KEEP_MS) await this.#folder.remove(name);
      else kept.push({ name, diedAt, size: await this.#folder.sizeOf(name) });
    }
    let total = 0;
    for (const { name, size } of kept.sort((a, b) => b.diedAt - a.diedAt)) {
      total += size;
      if (total > MOST_BYTES) await this.#folder.remove(name);
    }
  }
}
