// Source -> the changes that `npm run mutate` tries: each is one slip that a programmer could have made.
import { parseSync } from '@swc/core';

const OPERATORS = {
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '===': '!==',
  '!==': '===',
  '+': '-',
  '-': '+',
  '*': '+',
  '/': '*',
  '%': '*',
  '**': '*',
  '&': '|',
  '|': '&',
  '^': '&',
  '<<': '>>',
  '>>': '<<',
  '>>>': '<<',
  '&&': '||',
  '||': '&&',
  '+=': '-=',
  '-=': '+=',
  '*=': '+=',
  '&=': '|=',
  '|=': '&=',
  '??=': '=',
  '||=': '=',
};
/** Calls by the name of the function, and of the object it belongs to. */
const NAMES = {
  'Math.min': 'Math.max',
  'Math.max': 'Math.min',
  min: 'max',
  max: 'min',
  'v128.and': 'v128.or',
  'v128.or': 'v128.and',
  'i8x16.add': 'i8x16.sub',
  'i8x16.sub': 'i8x16.add',
  'i8x16.eq': 'i8x16.ne',
  'i8x16.ne': 'i8x16.eq',
};
const METHODS = { every: 'some', some: 'every', startsWith: 'endsWith', unshift: 'push' };
const ONLY_TYPES = /^(Ts(?!AsExpression|NonNull|Satisfies|ConstAssertion)|Import|ExportNamed|ExportAll)/;
const LOOP = /^(For|While|DoWhile)/;
const SIMPLE = /^(Expression|Break|Continue|Throw)Statement$/;

/** What a node may be replaced by, by its type: `text` gives the source of a node, and `replace` takes note. */
const MUTATIONS = {
  BinaryExpression({ span, operator, left, right }, { text, replace, exchange }) {
    if (operator !== '??') return exchange(left, operator, right);
    replace(span, text(right.span));
    // A literal stands there for the compiler most often: what is `undefined` by its types only.
    if (!right.type.endsWith('Literal')) replace(span, text(left.span));
  },
  AssignmentExpression: ({ left, operator, right }, { exchange }) => exchange(left, operator, right),
  UpdateExpression({ span, operator }, { text, replace }) {
    replace(span, text(span).replace(operator, operator === '++' ? '--' : '++'));
  },
  UnaryExpression({ span, operator, argument }, { text, replace }) {
    if ('!-~'.includes(operator)) replace(span, text(argument.span));
  },
  BooleanLiteral: ({ span, value }, { replace }) => replace(span, String(!value)),
  NumericLiteral: ({ span, value }, { replace }) => replace(span, String(value + 1)),
  StringLiteral({ span, value }, { replace }) {
    if (value !== '') replace(span, "''");
  },
  CallExpression({ callee }, { text, replace }) {
    const name = callee.span && text(callee.span);
    const method = callee.type === 'MemberExpression' ? METHODS[callee.property.value] : undefined;
    if (Object.hasOwn(NAMES, name)) replace(callee.span, NAMES[name]);
    else if (method !== undefined) replace(callee.property.span, method);
  },
};

/** Each mutation as {line, before, after, changed}: lines of the source, without their indentation, and the new source. */
export function mutationsOf(source) {
  const bytes = Buffer.from(source);
  const found = [];
  // Places are counted in bytes, from 1.
  const text = ({ start, end }) => bytes.toString('utf8', start - 1, end - 1);
  const replace = ({ start, end }, by) => found.push({ start: start - 1, end: end - 1, by });
  const exchange = (left, operator, right) => {
    const gap = { start: left.span.end, end: right.span.start };
    if (operator in OPERATORS)
      replace(
        gap,
        text(gap).replace(operator, () => OPERATORS[operator]),
      );
  };
  const visit = (node, parent) => {
    if (node === null || typeof node !== 'object' || ONLY_TYPES.test(node.type)) return;
    for (const value of conditionsOf(node)) replace(node.test.span, value);
    // Not behind a condition without alternative, which has been made false.
    if (SIMPLE.test(node.type) && (parent.type !== 'IfStatement' || parent.alternate))
      replace(node.span, ';');
    MUTATIONS[node.type]?.(node, { text, replace, exchange });
    for (const part of Object.values(node)) visit(part, Array.isArray(node) ? parent : node);
  };
  visit(parseSync(source, { syntax: 'typescript', target: 'es2023' }), {});
  return found.map((mutation) => described(bytes, mutation));
}

/** A loop that goes on for ever tells nothing. */
function conditionsOf({ type, test }) {
  if (!test) return [];
  return LOOP.test(type) ? ['false'] : ['false', 'true'];
}

function described(bytes, { start, end, by }) {
  const lineStart = bytes.lastIndexOf(10, start - 1) + 1;
  const lineEnd = bytes.indexOf(10, end - 1);
  const head = bytes.toString('utf8', 0, start);
  const tail = bytes.toString('utf8', end);
  const shown = (middle) =>
    `${bytes.toString('utf8', lineStart, start)}${middle}${bytes.toString('utf8', end, lineEnd)}`
      .replace(/\s+/g, ' ')
      .trim();
  return {
    line: head.split('\n').length,
    before: shown(bytes.toString('utf8', start, end)),
    after: shown(by),
    changed: head + by + tail,
  };
}
