// Adds whole lines to a file and has them on the disk before it goes on. The file is opened anew each time, so that it may
// be rotated at any moment.
import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';

const LF = 0x0a;

/** `lines` end in a line feed. All of them, or none and the system's error for the caller to word. */
export async function appendLines(path: string, lines: string): Promise<void> {
  const file = await open(path, 'a+');
  try {
    const status = await file.stat();
    if (!status.isFile()) throw new Error('is no regular file');
    // What a killed writer left is no line: it must not become the beginning of ours.
    const mended = status.size > 0 && !(await endsInLine(file, status.size)) ? `\n${lines}` : lines;
    if (lines !== '') await write(file, mended, status.size);
    await file.sync();
    if (status.size === 0) await syncFolder(dirname(path));
  } finally {
    await file.close();
  }
}

async function endsInLine(file: FileHandle, size: number): Promise<boolean> {
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer[0] === LF;
}

async function write(file: FileHandle, text: string, size: number): Promise<void> {
  try {
    await file.writeFile(text);
  } catch (error) {
    await file.truncate(size).catch(() => undefined);
    throw error;
  }
}

/** A new file is there after a power cut only if its folder says so. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
