// Reads option values out of what was given, with their defaults. Each reader throws a `UsageError` that names the
// option, what it was, and what it can be.
import type { Given } from '../config/flag.ts';
import { UsageError } from '../lib/errors.ts';
import { nearest } from '../lib/nearest.ts';
import { parseSize } from '../lib/sizes.ts';

export function textOf(given: Given, name: string): string | undefined {
  const value = given[name];
  return typeof value === 'string' ? value : undefined;
}

export function listOf(given: Given, name: string): readonly string[] {
  const value = given[name];
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value : [];
}

export function choiceOf<T extends string>(
  given: Given,
  name: string,
  choices: readonly T[],
  otherwise: T,
): T {
  const text = textOf(given, name);
  if (text === undefined) return otherwise;
  const choice = choices.find((candidate) => candidate === text);
  if (choice !== undefined) return choice;
  const meant = nearest(text, choices);
  throw new UsageError(`--${name}: \`${text}\` is none of ${choices.join(', ')}`, {
    ...(meant === undefined ? {} : { hint: `did you mean \`${meant}\`?` }),
  });
}

/** Bytes, at least `least`. */
export function sizeOf(given: Given, name: string, least: number, otherwise: number): number {
  const text = textOf(given, name);
  if (text === undefined) return otherwise;
  const size = parseSize(text);
  if (size !== null && size >= least) return size;
  throw new UsageError(`--${name}: \`${text}\` is no size of ${least} bytes or more`, {
    hint: 'give bytes, or a number with k, m or g such as 256k',
  });
}

export function countOf(given: Given, name: string, otherwise: number): number {
  const text = textOf(given, name);
  if (text === undefined) return otherwise;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new UsageError(`--${name}: \`${text}\` is no whole number from 1 up`);
}
