// xz, bzip2 and zstd, unpacked by the system's own tools as child processes, without a shell.

import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { SourceError } from '../lib/errors.ts';
import { Damage } from './damage.ts';

type SystemFormat = 'xz' | 'bzip2' | 'zstd';

const MOST_STDERR = 4096;
const SAYS_TRUNCATED = /unexpected end|premature|truncat|ends unexpectedly|end of (?:file|input)/i;

type Decoder = ChildProcessByStdio<Writable, Readable, Readable>;

/** Unpacks with the tool of the format's name; `path` is for the error when it is missing. */
export async function* systemDecode(
  path: string,
  format: SystemFormat,
  packed: AsyncIterable<Buffer>,
): AsyncGenerator<Buffer> {
  const tool = await findTool(format);
  if (tool === null) throw missingTool(path, format);
  const child = spawn(tool, ['-dc'], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, LC_ALL: 'C' },
  });
  const ended = new Promise<Error | null>((resolve) => {
    child.once('error', resolve);
    child.once('close', () => resolve(null));
  });
  const said = collectText(child.stderr);
  const fed = feed(child, packed);
  try {
    for await (const chunk of child.stdout) yield chunk;
    // What the packed bytes' own reading threw comes first: the tool then only saw an early end.
    const unread = await fed;
    if (unread !== null) throw unread.error;
    const failure = await ended;
    if (failure !== null) throw missingTool(path, format, failure);
    if (child.exitCode !== 0) throw damageFrom(said());
  } finally {
    child.kill('SIGKILL');
    await ended;
    await fed;
  }
}

/** Writes the packed bytes; resolves to what ended their reading early, if anything did. */
async function feed(
  child: Decoder,
  packed: AsyncIterable<Buffer>,
): Promise<{ readonly error: unknown } | null> {
  // A tool that stops reading early (corrupt input, killed) closes its end: that is told by its status.
  let open = true;
  child.stdin.on('error', () => {
    open = false;
  });
  child.stdin.on('close', () => {
    open = false;
  });
  try {
    for await (const chunk of packed) {
      if (!open) break;
      // Awaited to the last byte: the chunk is overwritten once the next one is asked for.
      await new Promise<void>((resolve) => {
        child.stdin.once('close', resolve);
        child.stdin.write(chunk, () => {
          child.stdin.off('close', resolve);
          resolve();
        });
      });
    }
    return null;
  } catch (error) {
    return { error };
  } finally {
    child.stdin.end();
  }
}

function collectText(stream: Readable): () => string {
  let text = '';
  stream.on('data', (chunk: Buffer) => {
    if (text.length < MOST_STDERR) text += chunk.toString('latin1');
  });
  return () => text;
}

function damageFrom(stderr: string): Damage {
  const line = (stderr.split('\n').find((part) => part.trim() !== '') ?? 'the tool failed').trim();
  const plain = line.replace(/[^\x20-\x7e]/g, '?').replace(/^\S*(?:xz|bzip2|zstd): /, '');
  return new Damage(SAYS_TRUNCATED.test(stderr) ? 'truncated' : 'corrupt', plain);
}

/** The tool's absolute path: what stands in the PATH relative to here could be anyone's. */
async function findTool(name: string): Promise<string | null> {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => isAbsolute(folder));
  for (const folder of folders) {
    const candidate = join(folder, name);
    try {
      await access(candidate, constants.X_OK);
      if ((await stat(candidate)).isFile()) return candidate;
    } catch {
      // Not in this folder.
    }
  }
  return null;
}

function missingTool(path: string, format: SystemFormat, cause?: Error): SourceError {
  return new SourceError(path, `packed with ${format}, and the tool ${format} could not be run here`, {
    hint: `install it (dnf install ${format}, apt install ${format === 'xz' ? 'xz-utils' : format}) or unpack the file elsewhere and scan the result`,
    cause,
  });
}
