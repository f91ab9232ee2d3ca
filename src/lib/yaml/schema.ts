// Parts of schemas for files that people write. Unknown fields and closed choices carry what there is in their message,
// separated by blanks; other messages go on from the field's name. See issues.ts, which makes sentences of both.
import * as v from 'valibot';
import { parseSpan } from '../moment.ts';

const NO_LIST = v.pipe(
  v.unknown(),
  v.custom<never>(() => false, 'must be a mapping of fields, not a list'),
);

export const text = v.pipe(
  v.string(),
  v.check((value) => value.trim() !== '', 'must not be empty'),
);
export const line = v.pipe(
  text,
  v.check((value) => !/[\r\n]/.test(value), 'must be a single line'),
);
export const span = v.pipe(
  v.string(),
  v.check((value) => (parseSpan(value) ?? 0) >= 1000, 'must be a span of a second or more such as 30m or 4h'),
);

/** A mapping that reports every field it does not know. */
export function mapping<E extends v.ObjectEntries>(
  entries: E,
  known: readonly string[] = Object.keys(entries),
) {
  const schema = v.objectWithRest(entries, v.never(known.join(' ')));
  // The rest is never there, but its type would make every field `never`.
  return noList(schema as unknown as v.GenericSchema<unknown, v.InferOutput<v.ObjectSchema<E, undefined>>>);
}

export function record<S extends v.GenericSchema>(key: v.GenericSchema<string, string>, value: S) {
  return noList(v.record(key, value));
}

/** To valibot a list is an object, too. */
function noList<T>(schema: v.GenericSchema<unknown, T>): v.GenericSchema<unknown, T> {
  return v.lazy((input) => (Array.isArray(input) ? NO_LIST : schema));
}

export function list<const S extends v.GenericSchema>(item: S) {
  return v.pipe(v.array(item), v.minLength(1, 'must not be empty'));
}

/** A list, or its only item. */
export function oneOrMore<T>(item: v.GenericSchema<unknown, T>) {
  const schema: v.GenericSchema<unknown, T | T[]> = v.lazy((input) =>
    Array.isArray(input) ? list(item) : item,
  );
  return v.pipe(
    schema,
    v.transform((value): T[] => (Array.isArray(value) ? value : [value])),
  );
}

export function oneOf<const T extends readonly string[]>(choices: T) {
  return v.picklist(choices, choices.join(' '));
}

export function isMapping(input: unknown): input is Readonly<Record<string, unknown>> {
  return typeof input === 'object' && input !== null && !Array.isArray(input);
}
