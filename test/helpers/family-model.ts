// A log family on disk, its writer, and a model of both that knows every byte ever written: what a follower could have
// read, and when. Actions are words (`rotate .N gz seen packed`), so that lists of them can be read and replayed.
import {
  chmodSync,
  closeSync,
  existsSync,
  ftruncateSync,
  lstatSync,
  mkdirSync,
  openSync,
  renameSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { zipOf } from './archives.ts';
import { CORPUS } from './corpus.ts';
import { recordAt } from './vna-log.ts';

const LIVE = 'oc.log';
/** Shorter ones may begin alike: nobody could tell one from another. */
export const LEAST_CONTENT = 64;
const MAX_BACKUP = 3;
const DAY = 86_400_000;
const NO_LENGTHS: readonly number[] = [];

/** What a file held from its creation, or a cut, to the next cut. */
export interface Content {
  readonly id: number;
  bytes: Buffer;
  /** So much of it was in a readable file, or one that a follower had open, at some look. */
  readable: number;
  /** Was in an archive when following began at the live log: none of a follower's business. */
  isOld: boolean;
  /** Too little of it was there then to know it again. */
  isHardlyOld: boolean;
  /** Went on in a copy that had taken its place: that is looked for when a new log bears the name. */
  isCopied: boolean;
  /** Was cut while it was followed by name, and had been read in part. */
  wasCutInView: boolean;
  /** No copy was made before it was cut: nobody but the writer knows whether it had gone on. */
  wasCutUnsaved: boolean;
}

interface Node {
  content: Content;
  /** A copy has so much of its content, for now. */
  length: number | null;
  isReadable: boolean;
  /** An archive that is still being packed. */
  isWhole: boolean;
}

interface Handle {
  readonly fd: number;
  readonly node: Node;
  /** Where an offset writer writes next; `null` appends. */
  position: number | null;
}

const TEXTS = CORPUS.flatMap(({ lines, expect }) => {
  const match = /^\S+ \S+ +(ERROR|WARN) +\[(AWS_PLUGIN)\] \([^)]*\) (.*)$/s.exec(lines.join('\n'));
  return expect === null || match?.[3] === undefined ? [] : [match[3]];
}).slice(0, 12);
const FRAMES = Array.from(
  { length: 6 },
  (_, at) => `\n\tat com.amazonaws.http.AmazonHttpClient$RequestExecutor.step${at}(AmazonHttpClient.java:18)`,
).join('');

/** The record of that number: its date and its thread are its own. Faults are of one line or many; some are ordinary. */
function recordOf(number: number): Buffer {
  const time = new Date(Date.UTC(2001, 0, 1, 10) + number * DAY);
  const thread = `task-${number}`;
  if (number % 4 === 3)
    return Buffer.from(recordAt(time, 'INFO', 'AWS_PLUGIN', thread, `Poller: cycle ${number} done`));
  const text = TEXTS[number % 3 === 0 ? 0 : number % TEXTS.length] ?? '';
  return Buffer.from(
    recordAt(time, 'ERROR', 'AWS_PLUGIN', thread, number % 4 === 1 ? text : `${text}${FRAMES}`),
  );
}

export class FamilyModel {
  readonly #root: string;
  readonly folder: string;
  readonly contents: Content[] = [];
  readonly #nodes = new Map<string, Node>();
  /** Files that a follower has opened by the live name. */
  readonly #held = new Set<Node>();
  #seenLive: Node | null = null;
  #handle: Handle | null = null;
  #appends = true;
  #pending: Buffer = Buffer.alloc(0);
  #number = 0;
  #made = 0;
  #day = 0;
  cuts = 0;
  /** Files of the family went, by hand or by number. */
  removals = 0;

  constructor(root: string) {
    this.#root = root;
    this.folder = join(root, 'log');
    mkdirSync(this.folder);
    chmodSync(root, 0o755);
  }

  get livePath(): string {
    return join(this.folder, LIVE);
  }

  /** Whether the live log is there and readable. */
  get isLiveReadable(): boolean {
    return this.#nodes.get(LIVE)?.isReadable === true;
  }

  get liveContent(): Content | null {
    return this.#nodes.get(LIVE)?.content ?? null;
  }

  get readableContents(): readonly Content[] {
    return [...this.#nodes.values()].flatMap(({ isReadable, isWhole, content }) =>
      isReadable && isWhole ? content : [],
    );
  }

  /** What stands on the disk, by name, as far as it is whole. */
  *files(): Generator<readonly [name: string, bytes: Buffer]> {
    for (const [name, { content, length, isWhole }] of this.#nodes)
      if (isWhole) yield [name, content.bytes.subarray(0, length ?? content.bytes.length)];
  }

  /** Does what `words` say; `look` is called where a follower gets to look in between. */
  async do(words: string, look: () => Promise<void>): Promise<void> {
    const [verb = '', ...rest] = words.split(' ');
    if (verb === 'rotate') await this.#rotate(rest, look);
    else if (verb === 'look') await look();
    else if (verb === 'write') for (let left = Number(rest[0]); left > 0; left -= 1) this.#writeRecord();
    else if (verb === 'half') this.#writeHalf(Number(rest[0]));
    else await ACTIONS[words]?.(this, look);
  }

  /** What a check that runs now can read: it holds nothing open. To be called right before it does. */
  beforeRun(): void {
    for (const node of this.#nodes.values())
      if (node.isReadable && node.isWhole && (this.#nodes.has(LIVE) || !node.content.isCopied)) see(node);
  }

  /** What a follower that looks now can read. To be called right before it does. */
  beforeLook(): void {
    this.beforeRun();
    for (const node of this.#held) see(node);
    const live = this.#nodes.get(LIVE) ?? null;
    if (live?.isReadable === true) {
      this.#held.add(live);
      this.#seenLive = live;
    }
  }

  /** What lies in archives is known, and no news. */
  forgetArchives(): void {
    for (const [name, { content }] of this.#nodes) {
      if (name === LIVE) continue;
      if (content.bytes.length >= LEAST_CONTENT) content.isOld = true;
      else content.isHardlyOld = true;
    }
  }

  close(): void {
    this.#closeHandle();
  }

  // The writer.

  #writeRecord(): void {
    this.writeRest();
    this.#write(recordOf(this.#number++));
  }

  #writeHalf(length: number): void {
    if (this.#pending.length === 0) this.#pending = recordOf(this.#number++);
    const part = this.#pending.subarray(0, Math.min(length, this.#pending.length - 1));
    if (part.length === 0) return;
    this.#pending = Buffer.from(this.#pending.subarray(part.length));
    this.#write(part);
  }

  writeRest(): void {
    const rest = this.#pending;
    this.#pending = Buffer.alloc(0);
    if (rest.length > 0) this.#write(rest);
  }

  #write(bytes: Buffer): void {
    const { fd, node, position } = this.#open();
    const { content } = node;
    writeSync(fd, bytes, 0, bytes.length, position);
    const hole = Buffer.alloc(position === null ? 0 : Math.max(0, position - content.bytes.length));
    content.bytes = Buffer.concat([content.bytes, hole, bytes]);
    if (this.#handle !== null && position !== null) this.#handle.position = position + bytes.length;
  }

  #open(): Handle {
    if (this.#handle !== null) return this.#handle;
    if (!existsSync(this.folder)) mkdirSync(this.folder);
    const existing = this.#nodes.get(LIVE);
    const node = existing ?? this.#put(LIVE, this.#newNode());
    if (existing !== undefined && !this.#appends) this.#cut(existing);
    this.#handle = {
      fd: openSync(this.livePath, this.#appends ? 'a' : 'w'),
      node,
      position: this.#appends ? null : 0,
    };
    return this.#handle;
  }

  #closeHandle(): void {
    if (this.#handle !== null) closeSync(this.#handle.fd);
    this.#handle = null;
  }

  kill(): void {
    this.#pending = Buffer.alloc(0);
    this.#closeHandle();
  }

  restart(appends: boolean): void {
    this.writeRest();
    this.#closeHandle();
    this.#appends = appends;
    this.#open();
  }

  // Files.

  #newNode(content = this.#newContent(), length: number | null = null): Node {
    return { content, length, isReadable: true, isWhole: true };
  }

  #newContent(): Content {
    const content = {
      id: this.contents.length,
      bytes: Buffer.alloc(0),
      readable: 0,
      isOld: false,
      isHardlyOld: false,
      isCopied: false,
      wasCutInView: false,
      wasCutUnsaved: false,
    };
    this.contents.push(content);
    return content;
  }

  #put(name: string, node: Node): Node {
    this.#nodes.set(name, node);
    return node;
  }

  #path(name: string): string {
    return join(this.folder, name);
  }

  #remove(name: string): void {
    if (this.#nodes.delete(name)) unlinkSync(this.#path(name));
  }

  #move(from: string, to: string): void {
    const node = this.#nodes.get(from);
    if (node === undefined) return;
    if (this.#nodes.has(to)) this.removals += 1;
    renameSync(this.#path(from), this.#path(to));
    this.#nodes.delete(from);
    this.#nodes.set(to, node);
  }

  #cut(node: Node): void {
    this.cuts += 1;
    const { content } = node;
    if (node === this.#seenLive && content.readable >= LEAST_CONTENT) content.wasCutInView = true;
    const isSaved = [...this.#nodes.values()].some((other) => other !== node && other.content === content);
    if (content.bytes.length > 0 && !isSaved) content.wasCutUnsaved = true;
    node.content = this.#newContent();
  }

  /** Makes room at `base`.1, as JBoss does: the highest number goes, the others move up. */
  #shift(base: string, suffix: string): string {
    const name = (index: number): string => `${base}.${index}${suffix}`;
    if (this.#nodes.has(name(MAX_BACKUP))) {
      this.removals += 1;
      this.#remove(name(MAX_BACKUP));
    }
    for (let index = MAX_BACKUP - 1; index > 0; index -= 1) this.#move(name(index), name(index + 1));
    return name(1);
  }

  /** `rotate SCHEME PACKING [seen PHASE]`, by the writer itself and so between two records. */
  async #rotate(
    [scheme = '', packing = 'plain', , seen = '']: readonly string[],
    look: () => Promise<void>,
  ): Promise<void> {
    this.writeRest();
    const node = this.#nodes.get(LIVE);
    if (node === undefined || !node.isReadable) return;
    this.#closeHandle();
    const suffix = packing === 'plain' ? '' : `.${packing}`;
    if (scheme === 'dated') this.#day += 1;
    const dated = `${LIVE}.2026-01-${String(1 + (this.#day % 28)).padStart(2, '0')}`;
    const name =
      scheme === 'dated' ? `${dated}${suffix}` : this.#shift(scheme === '.N' ? LIVE : dated, suffix);
    if (packing === 'plain') this.#move(LIVE, name);
    else await this.#pack(LIVE, name, seen, look);
    if (seen === 'absent') await look();
    this.#open();
  }

  /** The archive is a new file; the log goes when it is whole. */
  async #pack(from: string, to: string, seen: string, look: () => Promise<void>): Promise<void> {
    const { content } = this.#nodes.get(from) ?? this.#newNode();
    const packed = to.endsWith('.gz')
      ? gzipSync(content.bytes)
      : zipOf([{ name: LIVE, data: content.bytes }]);
    const node = this.#put(to, this.#newNode(content, content.bytes.length));
    node.isWhole = false;
    writeFileSync(this.#path(to), '');
    if (seen === 'created') await look();
    writeFileSync(this.#path(to), packed.subarray(0, packed.length >> 1));
    if (seen === 'packing') await look();
    writeFileSync(this.#path(to), packed);
    node.isWhole = true;
    if (seen === 'packed') await look();
    this.#remove(from);
  }

  /** `logrotate`: the writer is not told. */
  renameAway(isCreated: boolean): void {
    if (!this.#nodes.has(LIVE)) return;
    this.#move(LIVE, this.#shift(LIVE, ''));
    if (!isCreated) return;
    writeFileSync(this.livePath, '');
    this.#put(LIVE, this.#newNode());
  }

  truncate(): void {
    const node = this.#nodes.get(LIVE);
    if (node === undefined) return;
    const fd = openSync(this.livePath, 'r+');
    ftruncateSync(fd, 0);
    closeSync(fd);
    this.#cut(node);
  }

  async copyTruncate(
    { packing = '', isLate = false, isKept = true, seenAt = NO_LENGTHS },
    look = async (): Promise<void> => {},
  ): Promise<void> {
    const node = this.#nodes.get(LIVE);
    if (node === undefined || !node.isReadable) return;
    const { bytes } = node.content;
    const name = this.#shift(LIVE, packing);
    const copy = this.#put(name, this.#newNode(node.content, 0));
    for (const length of seenAt) {
      copy.length = Math.min(length, bytes.length);
      writeFileSync(this.#path(name), bytes.subarray(0, copy.length));
      await look();
    }
    writeFileSync(this.#path(name), packing === '' ? bytes : gzipSync(bytes));
    copy.length = bytes.length;
    if (isLate) this.#writeRecord();
    this.truncate();
    if (isKept) return;
    this.removals += 1;
    this.#remove(name);
  }

  /** As `sed -i` or a restored backup: same content, other file. The writer starts again. */
  replaceByCopy(): void {
    const node = this.#nodes.get(LIVE);
    if (node === undefined || !node.isReadable) return;
    this.kill();
    this.#made += 1;
    const copy = join(this.#root, `copy-${this.#made}`);
    writeFileSync(copy, node.content.bytes);
    this.removals += 1;
    renameSync(copy, this.livePath);
    node.length = node.content.bytes.length;
    node.content.isCopied = true;
    this.#put(LIVE, this.#newNode(node.content));
  }

  delete(): void {
    this.removals += 1;
    this.#remove(LIVE);
  }

  deleteArchives(): void {
    for (const name of [...this.#nodes.keys()]) {
      if (name === LIVE) continue;
      this.removals += 1;
      this.#remove(name);
    }
  }

  /** The log is a link from then on, to a file that is no member of the family. */
  switchLink(): void {
    this.writeRest();
    this.#closeHandle();
    this.#made += 1;
    const target = `app-${this.#made}.txt`;
    writeFileSync(this.#path(target), '');
    this.removals += 1;
    const link = join(this.folder, 'link');
    symlinkSync(target, link);
    renameSync(link, this.livePath);
    this.#put(LIVE, this.#newNode());
  }

  /** With all that is in it; an empty one takes its place. */
  renameFolder(): void {
    this.#made += 1;
    this.removals += 1;
    renameSync(this.folder, join(this.#root, `log-${this.#made}`));
    mkdirSync(this.folder);
    this.#nodes.clear();
  }

  /** Packs what was rotated last time, as `delaycompress` does. */
  packLater(): void {
    const node = this.#nodes.get(`${LIVE}.1`);
    if (node === undefined || !node.isReadable || this.#nodes.has(`${LIVE}.1.gz`)) return;
    const bytes = node.content.bytes.subarray(0, node.length ?? node.content.bytes.length);
    writeFileSync(this.#path(`${LIVE}.1.gz`), gzipSync(bytes));
    this.#put(`${LIVE}.1.gz`, this.#newNode(node.content, bytes.length));
    this.#remove(`${LIVE}.1`);
  }

  permit(isReadable: boolean): void {
    const node = this.#nodes.get(LIVE);
    if (node === undefined || lstatSync(this.livePath).isSymbolicLink()) return;
    chmodSync(this.livePath, isReadable ? 0o644 : 0);
    node.isReadable = isReadable;
    // To whom may not read it, it is as good as gone.
    if (!isReadable) this.removals += 1;
  }
}

function see({ content, length }: Node): void {
  content.readable = Math.max(content.readable, length ?? content.bytes.length);
}

export const ACTIONS: Readonly<
  Record<string, (family: FamilyModel, look: () => Promise<void>) => void | Promise<void>>
> = {
  rest: (family) => family.writeRest(),
  kill: (family) => family.kill(),
  restart: (family) => family.restart(true),
  'restart, truncating': (family) => family.restart(false),
  truncate: (family) => family.truncate(),
  copytruncate: (family) => family.copyTruncate({}),
  'copytruncate gz': (family) => family.copyTruncate({ packing: '.gz' }),
  'copytruncate seen copying': (family, look) => family.copyTruncate({ seenAt: [0, 30, 300] }, look),
  'copytruncate, a record late': (family) => family.copyTruncate({ isLate: true }),
  'copytruncate, copy removed': (family) => family.copyTruncate({ isKept: false }),
  'rename away': (family) => family.renameAway(false),
  'rename away, create': (family) => family.renameAway(true),
  'replace by copy': (family) => family.replaceByCopy(),
  delete: (family) => family.delete(),
  'delete archives': (family) => family.deleteArchives(),
  'pack .1': (family) => family.packLater(),
  'switch link': (family) => family.switchLink(),
  'rename directory': (family) => family.renameFolder(),
  'forbid reading': (family) => family.permit(false),
  'allow reading': (family) => family.permit(true),
};
