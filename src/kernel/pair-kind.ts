// Pairs of bytes that the kernel takes for the same: those whose first bytes have the low nibble in common, the key, and whose
// bytes differ in the same bits. See assembly/keyed.ts and assembly/counts.ts, which agree with this.

export const KEYS = 16;
export const KINDS = KEYS * 256;

export const keyOf = (first: number): number => first & (KEYS - 1);
export const kindOf = (first: number, second: number): number => (keyOf(first) << 8) | (first ^ second);
