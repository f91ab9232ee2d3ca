// The shape and types of a rule file. What the values mean to each other is checked elsewhere.
// Unknown fields and closed choices carry what there is in their message, separated by blanks; other
// messages go on from the field's name. See shape.ts, which makes sentences of both.
import * as v from 'valibot';
import { CONFIDENCES, SEVERITIES } from '../findings/finding.ts';
import { isMapping, line, list, mapping, oneOf, oneOrMore, record, span, text } from '../lib/yaml/schema.ts';
import { LEVELS } from '../records/record.ts';
import type { Combination, Condition, InhibitedRule, Leaf, SourceRef, VariantText } from './rule.ts';

const NAME = /^[A-Za-z][A-Za-z0-9_-]{0,39}$/;
const VARIANT = /^[a-z][a-z0-9-]{0,39}$/;
const PLUGIN = /^[A-Za-z0-9][A-Za-z0-9-]*(?:_[A-Za-z0-9-]+)*_PLUGIN(?:_[A-Za-z0-9-]+)*$/;
const WHERE = ['aws-console', 'vna-server', 'vna-ui', 'workstation', 'network'];

const headline = v.pipe(line, v.maxLength(160, 'must be no longer than 160 characters'));
const name = v.pipe(v.string(), v.regex(NAME, 'must be a name of letters, digits, `_` and `-`'));
const url = v.pipe(
  line,
  v.check((value) => URL.canParse(value) && value.startsWith('https://'), 'must be an https:// address'),
);
const number = v.pipe(v.number(), v.finite('must be finite'));
const scalar = v.union([v.string(), number, v.boolean()], 'must be a text, a number, true or false');
const date = v.pipe(
  v.string(),
  v.isoDate('must be a date such as 2026-01-31'),
  v.check(exists, 'must be a date that exists'),
);

const condition: v.GenericSchema<unknown, Condition> = v.lazy((input) =>
  isMapping(input) && ('all' in input || 'any' in input || 'not' in input) ? combination : leaf,
);
const combinationEntries = {
  all: v.exactOptional(list(condition)),
  any: v.exactOptional(list(condition)),
  not: v.exactOptional(
    v.lazy(
      (input): v.GenericSchema<unknown, Condition | Condition[]> =>
        Array.isArray(input) ? list(condition) : condition,
    ),
  ),
};
const leafEntries = {
  id: v.exactOptional(name),
  fact: v.exactOptional(line),
  contains: v.exactOptional(text),
  equals: v.exactOptional(scalar),
  startsWith: v.exactOptional(text),
  regex: v.exactOptional(text),
  in: v.exactOptional(list(scalar)),
  exists: v.exactOptional(v.boolean()),
  gt: v.exactOptional(number),
  gte: v.exactOptional(number),
  lt: v.exactOptional(number),
  lte: v.exactOptional(number),
};
const combination: v.GenericSchema<unknown, Combination> = mapping(combinationEntries);
const leaf: v.GenericSchema<unknown, Leaf> = mapping(leafEntries, [
  ...Object.keys(leafEntries),
  ...Object.keys(combinationEntries),
]);

const articleSource = mapping({
  article: v.pipe(text, v.regex(/^\d{4,9}$/, 'must be the number of an article')),
  section: line,
  step: v.exactOptional(v.union([v.pipe(v.number(), v.integer()), line], 'must be a whole number or a text')),
  checked: v.exactOptional(date),
});
const pageSource = mapping({ title: headline, url }, [
  'title',
  'url',
  'article',
  'section',
  'step',
  'checked',
]);
const source: v.GenericSchema<unknown, SourceRef> = v.lazy((input) =>
  isMapping(input) && ('title' in input || 'url' in input) ? pageSource : articleSource,
);

const variantText: v.GenericSchema<unknown, VariantText> = v.lazy((input) =>
  isMapping(input) ? record(v.string(), text) : text,
);
const outcome = {
  do: text,
  run: v.exactOptional(text),
  expect: v.exactOptional(text),
  for: v.exactOptional(list(v.string())),
};
const advice = mapping({
  summary: variantText,
  why: variantText,
  steps: list(mapping({ ...outcome, where: v.exactOptional(oneOf(WHERE)), source: v.exactOptional(source) })),
  verify: list(mapping(outcome)),
  links: v.optional(v.array(mapping({ title: headline, url })), []),
  limits: v.exactOptional(list(text)),
});

const match = mapping({
  name: line,
  variant: v.exactOptional(v.string()),
  captures: v.exactOptional(record(v.string(), v.string())),
  text,
});
const nomatch = mapping({ name: line, because: v.exactOptional(line), text });

const ruleId = v.pipe(
  v.string(),
  v.regex(
    /^[a-z][a-z0-9-]*(?:\.[a-z0-9][a-z0-9-]*)+$/,
    'must be lower case with a dot, such as acme.lost-token',
  ),
  v.maxLength(80, 'must be no longer than 80 characters'),
);
const variantId = v.pipe(v.string(), v.regex(VARIANT, 'must be lower-case letters, digits and `-`'));
const level = oneOf(LEVELS);

const inhibitedRule = mapping({
  rule: ruleId,
  variant: v.exactOptional(variantId),
  when: v.exactOptional(variantId),
});
const success = mapping({
  contains: v.pipe(
    line,
    v.check(
      (value) => value.trim().length >= 4,
      'must be four characters or more: other records hold it, too',
    ),
  ),
  match: v.exactOptional(condition),
  plugin: v.exactOptional(plugins()),
  levels: v.exactOptional(list(level)),
  same: v.exactOptional(list(oneOf(['region', 'service'] as const))),
});
const alert = mapping({
  quietAfter: v.exactOptional(span),
  repeat: v.exactOptional(span),
  fire: v.exactOptional(
    mapping({
      count: v.pipe(
        v.number(),
        v.integer('must be a whole number'),
        v.minValue(1, 'must be 1 or more'),
        v.maxValue(1000, 'must be 1000 or less'),
      ),
      within: span,
    }),
  ),
  inhibits: v.exactOptional(
    list(
      v.lazy((input): v.GenericSchema<unknown, InhibitedRule> => (isMapping(input) ? inhibitedRule : ruleId)),
    ),
  ),
  resolveOn: v.exactOptional(oneOrMore(success)),
});

export const ruleSchema = mapping({
  schema: v.literal(1, 'must be 1: no other version of the format is known'),
  id: ruleId,
  code: v.pipe(
    v.string(),
    v.regex(
      /^(?=.{3,16}$)[A-Z][A-Z0-9]*[0-9]$/,
      'must be 3 to 16 capital letters and digits with a digit at the end',
    ),
  ),
  title: headline,
  severity: oneOf(SEVERITIES),
  status: v.optional(oneOf(['experimental', 'stable', 'deprecated'] as const), 'stable'),
  confidence: v.exactOptional(oneOf(CONFIDENCES)),
  exclusive: v.exactOptional(
    mapping({ group: name, rank: v.pipe(v.number(), v.integer('must be a whole number')) }),
  ),
  sources: list(source),
  applies: v.exactOptional(
    mapping({
      plugin: v.exactOptional(plugins()),
      levels: v.exactOptional(list(level)),
    }),
  ),
  match: condition,
  capture: v.exactOptional(record(name, mapping({ regex: text, optional: v.exactOptional(v.boolean()) }))),
  variants: v.exactOptional(
    list(
      mapping({
        id: variantId,
        when: v.exactOptional(condition),
        otherwise: v.exactOptional(v.literal(true, 'must be true')),
        confidence: oneOf(CONFIDENCES),
      }),
    ),
  ),
  advice,
  alert: v.exactOptional(alert),
  samples: mapping({ match: list(match), nomatch: list(nomatch) }),
});

function plugins() {
  return oneOrMore(
    v.pipe(v.string(), v.regex(PLUGIN, 'must be a plugin tag without its brackets, such as AWS_PLUGIN')),
  );
}

/** The 31st of a shorter month is read as a day of the next. */
function exists(date: string): boolean {
  const time = Date.parse(date);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date);
}
