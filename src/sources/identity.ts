// What a log is known by besides its name and inode: its first bytes, and those before the place where reading goes on.

/** So many bytes of the beginning, if there are so many. */
export const HEAD_BYTES = 1024;
export const MARKER_BYTES = 256;
/** Too little to tell one log from another by. */
export const LEAST_HEAD = 64;

/** Whether two heads are of one content, of which one may have been looked at when it was shorter. */
export function isSameHead(one: Buffer, other: Buffer): boolean {
  if (one.length === other.length) return one.length > 0 && one.equals(other);
  const length = Math.min(one.length, other.length);
  return length >= LEAST_HEAD && one.subarray(0, length).equals(other.subarray(0, length));
}

/** Whether an archive with this head holds nothing but a content with the other, or its beginning. */
export function isPartOf(archived: Buffer, content: Buffer): boolean {
  if (archived.length === 0 || archived.length > content.length) return isSameHead(archived, content);
  return content.subarray(0, archived.length).equals(archived);
}

export function headOf(bytes: Buffer): Buffer {
  return Buffer.from(bytes.subarray(0, HEAD_BYTES));
}
