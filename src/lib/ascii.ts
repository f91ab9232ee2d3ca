// Short ASCII texts and numbers put into bytes, without a call into the runtime for each: that would cost more than they do.

const ZERO = 0x30;
const SHORT = 48;

/** Yields where it ends, as all of these do. */
export function writeAscii(target: Uint8Array, start: number, text: string): number {
  for (let at = 0; at < text.length; at += 1) target[start + at] = text.charCodeAt(at);
  return start + text.length;
}

/** A whole number of 0 or more. */
export function writeNumber(target: Uint8Array, start: number, value: number): number {
  let end = start + 1;
  for (let rest = value; rest >= 10; rest = Math.floor(rest / 10)) end += 1;
  let rest = value;
  for (let at = end - 1; at >= start; at -= 1) {
    const next = Math.floor(rest / 10);
    target[at] = ZERO + rest - next * 10;
    rest = next;
  }
  return end;
}

/** Copies [from, to) of the source to where `start` is in the target. */
export function copyBytes(
  source: Uint8Array,
  from: number,
  to: number,
  target: Uint8Array,
  start: number,
): number {
  const end = start + to - from;
  if (to - from > SHORT)
    target.set(from === 0 && to === source.length ? source : source.subarray(from, to), start);
  else for (let at = from; at < to; at += 1) target[start + at - from] = source[at] ?? 0;
  return end;
}
