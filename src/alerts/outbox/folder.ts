// Entries in a folder: one file each, put there whole or not at all.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { STRAY_MS } from '../../lib/remove-old.ts';
import { encode } from '../../state/document.ts';
import type { Disk } from './disk.ts';
import { type Entry, fileOf, isEntryFile, parseEntry } from './entry.ts';

const STRAY = /\.tmp$|^lock\.\d+\.[0-9a-f]+$/;
/** Files that do not verify, kept for whoever wants to look at them. */
const MOST_SET_ASIDE = 20;

export class Folder {
  readonly path: string;
  readonly #disk: Disk;

  constructor(path: string, disk: Disk) {
    this.path = path;
    this.#disk = disk;
  }

  /** File names of entries. */
  async names(): Promise<readonly string[]> {
    return (await this.#disk.list(this.path)).filter(isEntryFile).sort();
  }

  /** `null` if it is gone, `false` if it does not verify. */
  async read(name: string): Promise<Entry | null | false> {
    const decoded = await this.#disk.read(join(this.path, name));
    if (decoded === null) return null;
    const entry = 'body' in decoded ? parseEntry(decoded.body) : null;
    return entry !== null && fileOf({ id: entry.notice.id, channel: entry.channel }) === name ? entry : false;
  }

  /** Adds entries, and has them on the disk; one that is there already stays as it is. */
  async add(entries: readonly Entry[]): Promise<void> {
    if (entries.length === 0) return;
    await this.#disk.makeFolder(this.path);
    for (const entry of entries) await this.#addOne(entry);
    await this.#disk.sync(this.path);
  }

  async #addOne(entry: Entry): Promise<void> {
    const name = fileOf({ id: entry.notice.id, channel: entry.channel });
    const temporary = await this.#write(entry);
    const isNew = await this.#disk.link(temporary, join(this.path, name));
    // What does not verify is no notice, and must not pass for one.
    if (!isNew && (await this.read(name)) === false) await this.#disk.move(temporary, join(this.path, name));
    else await this.#disk.remove(temporary);
  }

  /** In the place of what was known of it. */
  async replace(entry: Entry): Promise<void> {
    const temporary = await this.#write(entry);
    await this.#disk.move(
      temporary,
      join(this.path, fileOf({ id: entry.notice.id, channel: entry.channel })),
    );
    await this.#disk.sync(this.path);
  }

  async remove(name: string): Promise<void> {
    await this.#disk.remove(join(this.path, name));
  }

  async sync(): Promise<void> {
    await this.#disk.sync(this.path);
  }

  /** Out of the way, under a name that says so; yields its path. */
  async setAside(name: string): Promise<string> {
    const corrupt = (await this.#disk.list(this.path)).filter((one) => one.endsWith('.corrupt')).sort();
    for (const old of corrupt.slice(0, Math.max(0, corrupt.length + 1 - MOST_SET_ASIDE)))
      await this.#disk.remove(join(this.path, old));
    const path = join(this.path, `${name}.corrupt`);
    await this.#disk.move(join(this.path, name), path);
    return path;
  }

  /** Removes what killed runs left under temporary names. */
  async tidy(now: number): Promise<void> {
    for (const name of await this.#disk.list(this.path)) {
      if (!STRAY.test(name)) continue;
      const path = join(this.path, name);
      const status = await this.#disk.status(path);
      if (status !== null && Math.abs(now - status.mtimeMs) > STRAY_MS) await this.#disk.remove(path);
    }
  }

  async sizeOf(name: string): Promise<number> {
    return (await this.#disk.status(join(this.path, name)))?.size ?? 0;
  }

  async #write(entry: Entry): Promise<string> {
    const temporary = join(this.path, `.${randomBytes(8).toString('hex')}.tmp`);
    try {
      await this.#disk.write(temporary, encode(entry));
    } catch (error) {
      // A full disk is not to be filled further by what cannot be used.
      await this.#disk.remove(temporary).catch(() => undefined);
      throw error;
    }
    return temporary;
  }
}
