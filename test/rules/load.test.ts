import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { expect, test } from '@jest/globals';
import { UsageError } from '../../src/lib/errors.ts';
import { YamlProblems } from '../../src/lib/yaml/problem.ts';
import { loadRuleFiles } from '../../src/rules/load.ts';
import { filesOf, GOOD, ruleOf } from './example.ts';

/** Each problem as `line:column message [| help]`. */
async function problemsOf(text: string | Uint8Array): Promise<readonly string[]> {
  const error = await failureOf([join(await filesOf({ 'a.yaml': text }), 'a.yaml')]);
  return error.problems.map(({ place, message, help }) => {
    const at = place === null ? '-' : `${place.line}:${place.column}`;
    return `${at} ${message.replace(' in rule acme.lost-token', '')}${help === null ? '' : ` | ${help}`}`;
  });
}

async function failureOf(paths: readonly string[], builtIn: Parameters<typeof loadRuleFiles>[1] = []) {
  const error: unknown = await loadRuleFiles(paths, builtIn).catch((thrown: unknown) => thrown);
  if (error instanceof YamlProblems) return error;
  throw new Error('expected a YamlProblems', { cause: error });
}

function change(from: string, to: string): string {
  if (!GOOD.includes(from)) throw new Error(`no ${from} in the example`);
  return GOOD.replace(from, () => to);
}

test('a sound rule is loaded with its defaults', async () => {
  const [rule, ...rest] = await loadRuleFiles([await filesOf({ 'a.yml': GOOD })], []);
  expect(rest).toEqual([]);
  expect(rule).toMatchObject({
    schema: 1,
    id: 'acme.lost-token',
    code: 'ACME7',
    status: 'stable',
    sources: [{ article: '0442985', section: 'Cause', checked: '2026-11-23' }, { title: 'A page' }],
    applies: { plugin: ['AWS_PLUGIN'], levels: ['ERROR', 'WARN'] },
    advice: { links: [] },
  });
  expect(rule).not.toHaveProperty('confidence');
});

test('the block names file, line and column, shows the line and points', async () => {
  const directory = await filesOf({ 'a.yaml': change('severity: warning', 'severty: warning') });
  const path = join(directory, 'a.yaml');
  const error = await failureOf([path]);
  expect(error).toBeInstanceOf(UsageError);
  expect(error.exitStatus).toBe(2);
  expect(error.message).toBe(
    [
      'error: missing field `severity` in rule acme.lost-token',
      ` --> ${path}:1:1`,
      '  |',
      ' 1 | schema: 1',
      '  | ^^^^^^^^^',
      '',
      'error: unknown field `severty` in rule acme.lost-token',
      ` --> ${path}:5:1`,
      '  |',
      ' 5 | severty: warning',
      '  | ^^^^^^^ did you mean `severity`?',
    ]
      .join('\n')
      .replaceAll('\n -->', '\n  -->')
      .replaceAll('\n  |', '\n   |'),
  );
});

test.each<[string, string, readonly string[]]>([
  // Fields and types.
  ['schema: 1', 'schema: 2', ['1:9 `schema` must be 1: no other version of the format is known']],
  [
    'severity: warning',
    'severity: high',
    ['5:11 `severity` has no value `high` | there are: info, warning, critical'],
  ],
  [
    'severity: warning',
    'severity: waring',
    ['5:11 `severity` has no value `waring` | did you mean `warning`?'],
  ],
  ['title: The token was lost', 'title:', ['4:1 `title` must be a text, not nothing']],
  [
    'title: The token was lost',
    'title: no\nstatus: false',
    ["5:9 `status` must be a text, not the boolean false | put it in quotes: 'false'"],
  ],
  ['title: The token was lost', 'title: "a\\nb"', ['4:8 `title` must be a single line']],
  [
    'id: acme.lost-token',
    'id: Lost',
    ['2:5 `id` must be lower case with a dot, such as acme.lost-token in rule Lost'],
  ],
  [
    'code: ACME7',
    'code: acme',
    ['3:7 `code` must be 3 to 16 capital letters and digits with a digit at the end'],
  ],
  [
    'code: ACME7',
    'code: VNA1001',
    [
      '3:7 the code `VNA1001` is reserved | VNA1001 to VNA1999 belong to built-in rules: take letters of your own',
    ],
  ],
  [
    "article: '0442985', section: Cause",
    'article: 0442985, section: Cause',
    ["8:16 `article` must be a text, not the number 442985 | put it in quotes: '0442985'"],
  ],
  ["checked: '2026-11-23'", 'checked: 2026-02-31', ['8:52 `checked` must be a date that exists']],
  [
    "url: 'https://example.com/page'",
    "url: 'http://example.com'",
    ['9:27 `url` must be an https:// address'],
  ],
  [", url: 'https://example.com/page'", '', ['9:5 missing field `url`']],
  [
    "- { title: A page, url: 'https://example.com/page' }",
    '- { artikel: "1234", section: a }',
    ['9:5 missing field `article`', '9:7 unknown field `artikel` | did you mean `article`?'],
  ],
  [
    'plugin: AWS_PLUGIN',
    "plugin: '[AWS_PLUGIN]'",
    ['10:20 `plugin` must be a plugin tag without its brackets, such as AWS_PLUGIN'],
  ],
  [
    '[ERROR, WARN]',
    '[ERROR, WARM]',
    ['10:48 an item of `levels` has no value `WARM` | did you mean `WARN`?'],
  ],
  ['[ERROR, WARN]', '[]', ['10:40 `levels` must not be empty']],
  ['rank: 3', "rank: '3'", ['6:33 `rank` must be a number, not the text `3`']],
  [
    'where: aws-console',
    'where: aws-konsole',
    ['26:14 `where` has no value `aws-konsole` | did you mean `aws-console`?'],
  ],
  [
    '  account: {',
    '  the account: {',
    ['16:3 the name `the account` must be a name of letters, digits, `_` and `-`'],
  ],
  ['optional: true', 'optional: yes', ['16:59 `optional` must be true or false, not the text `yes`']],
  // Conditions.
  ['contains: lost }', 'contians: lost }', ['13:19 unknown field `contians` | did you mean `contains`?']],
  [
    'contains: lost }',
    'contains: lost, equals: x }',
    [
      '13:35 a condition with two operators, `contains` and `equals` | put each into a condition of an `all` list',
    ],
  ],
  [
    ', contains: lost }',
    ' }',
    [
      '13:7 a condition without operator | add one of: contains, equals, startsWith, regex, in, exists, gt, gte, lt, lte',
    ],
  ],
  [
    'fact: aws.status, gte',
    'fact: aws.statsu, gte',
    ['14:21 unknown fact `aws.statsu` | did you mean `aws.status`?'],
  ],
  ['gte: 400', "equals: '403'", ['14:41 aws.status is a number, never the text `403` | take the quotes off']],
  ['gte: 400', "contains: '4'", ['14:33 `contains` needs a text, but aws.status is a number']],
  [
    '{ fact: aws.status, gte: 400 }',
    '{ fact: aws.errorCode, gte: 400 }',
    ['14:36 `gte` needs a number, but aws.errorCode is a text'],
  ],
  [
    '{ fact: aws.status, gte: 400 }',
    '{ fact: key.kind, in: [temprary] }',
    ['14:36 key.kind is never `temprary` | did you mean `temporary`?'],
  ],
  [
    '{ fact: aws.status, gte: 400 }',
    '{ id: word, contains: a }',
    ['14:19 two conditions with the id `word`'],
  ],
  [
    'any: [',
    'some: [',
    [
      '14:7 unknown field `some` | there are: id, fact, contains, equals, startsWith, regex, in, exists, gt, gte, lt, lte, all, any, not',
    ],
  ],
  [
    '{ fact: aws.status, gte: 400 }',
    '{ not: { all: [{ any: [{ contains: a }] }] } }',
    ['14:28 conditions are nested more than 4 deep'],
  ],
  [
    'fact: capture.account',
    'fact: capture.acount',
    ['19:37 unknown fact `capture.acount` | did you mean `capture.account`?'],
  ],
  // Regular expressions.
  [
    'lost \\w+',
    'a(?=b)',
    [
      '17:20 the regular expression uses look-around, which RE2 does not have | use a `not` leaf, or an `all` list of several leaves',
    ],
  ],
  [
    'lost \\w+',
    'a(?<!b)',
    [
      '17:20 the regular expression uses look-around, which RE2 does not have | use a `not` leaf, or an `all` list of several leaves',
    ],
  ],
  [
    'lost \\w+',
    '(a)\\1',
    [
      '17:22 the regular expression uses a back-reference, which RE2 does not have | match the parts with leaves of an `all` list',
    ],
  ],
  [
    'lost \\w+',
    '[+]a++',
    ['17:23 the regular expression uses a possessive repetition, which RE2 does not have | drop the last +'],
  ],
  [
    'lost \\w+',
    '(?>a)',
    [
      '17:19 the regular expression uses an atomic group, which RE2 does not have | write (?: instead: nothing is ever tried again',
    ],
  ],
  ['lost \\w+', 'a[', ['17:20 the regular expression is not valid: missing closing ] at `[`']],
  [
    'lost \\w+',
    `a${'b'.repeat(1024)}`,
    [
      '17:18 the regular expression is longer than 1024 characters | several leaves in an `all` or `any` list do the same',
    ],
  ],
  [
    'lost \\w+',
    '(a{1000}){1}b{1000}c{1000}',
    [
      '17:18 the regular expression is too large once its repetitions are written out | use smaller repetition counts, or + and *',
    ],
  ],
  [
    '(?P<v>[0-9]{12})',
    '(?P<w>[0-9]{12})',
    [
      '16:33 a capture takes the group `v`, not `w` | write (?P<v>…) for the part that is wanted and (?:…) for others',
    ],
  ],
  // Variants.
  [', otherwise: true', ", when: { contains: 'a' }", ['20:5 the last variant must be `otherwise: true`']],
  [
    'when: { fact: capture.account, exists: true }',
    'otherwise: true',
    ['19:23 `otherwise` must be the last variant'],
  ],
  ['when: { fact: capture.account, exists: true }, ', '', ['19:5 the variant `in-account` needs a `when`']],
  [
    'otherwise: true',
    'otherwise: true, when: { contains: a }',
    ['20:22 a variant with both `when` and `otherwise`'],
  ],
  ['variants:', 'confidence: likely\nvariants:', ['18:1 `confidence` belongs to each variant here']],
  [
    'for: [in-account]',
    'for: [in-acount]',
    ['30:50 unknown variant `in-acount` | did you mean `in-account`?'],
  ],
  [
    'why: { in-account:',
    'why: { inaccount:',
    ['23:10 unknown variant `inaccount` | did you mean `in-account`?'],
  ],
  ['default: Not known where.', "in-account2: ''", ['23:73 `in-account2` must not be empty']],
  [', default: Not known where.', '', ['23:3 no text for the variant `elsewhere` | add one, or a `default`']],
  [
    '- { do: Scan again.',
    '- { for: [in-account], do: Scan again.',
    ['31:3 no verification for the variant `elsewhere`'],
  ],
  // Placeholders.
  [
    '{capture.what}',
    '{capture.account}',
    ['22:17 `{capture.account}` may have no value | write {capture.account|what to say instead}'],
  ],
  [
    '{capture.what}',
    '{capture.waht}',
    ['22:17 unknown placeholder `{capture.waht}` | did you mean `capture.what`?'],
  ],
  ['{capture.what}', '{ "A": 1 }', []],
  [
    'Look in {aws.region|your region}',
    'Look in {aws.region}',
    ['25:19 `{aws.region}` may have no value | write {aws.region|what to say instead}'],
  ],
  [
    '{aws.region|us-east-1}',
    '{capture.what}',
    [
      '27:49 `{capture.what}` may have no value that is safe in a command | write {capture.what|what to say instead}',
    ],
  ],
  [
    '{aws.region|us-east-1}',
    '$\u007bX}',
    ['27:50 unknown placeholder `{X}` | write {{ and }} for braces themselves'],
  ],
  [
    'Find {capture.what} again.',
    'Find } again.',
    ['22:17 a `}` that belongs to no placeholder | write }} for the character itself'],
  ],
  // Samples.
  [
    'variant: elsewhere',
    'variant: elsewere',
    ['35:29 unknown variant `elsewere` | did you mean `elsewhere`?'],
  ],
  [' variant: elsewhere,', '', ['35:7 missing field `variant` | there are: in-account, elsewhere']],
  ['captures: { what:', 'captures: { waht:', ['35:52 unknown capture `waht` | did you mean `what`?']],
  ['name: another', 'name: one', ['37:15 two samples with the name `one`']],
  [
    "found' }",
    "AKIAABCDEFGHIJKLMNOP' }",
    [
      "37:66 an access key id that may be a real one | use AWS's documented examples, such as AKIAIOSFODNN7EXAMPLE",
    ],
  ],
  ["found' }", "AKIAIOSFODNN7EXAMPLE wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' }", []],
])('%s -> %s', async (from, to, expected) => {
  const text = change(from, to);
  if (expected.length > 0) expect(await problemsOf(text)).toEqual(expected);
});

test.each([
  ['export AWS_SECRET_ACCESS_KEY=abc', false],
  ["export AWS_SECRET_ACCESS_KEY='abc'", false],
  ['aws configure set aws_secret_access_key abc --profile x', false],
  ['AWS_SESSION_TOKEN=abc aws sts get-caller-identity', false],
  ['aws_secret_access_key: abc', false],
  ['echo wJalrXUtnFEMI/K7MDENG/bPxRfiCYabcdefGHIJ', false],
  ['read -rs AWS_SECRET_ACCESS_KEY; export AWS_SECRET_ACCESS_KEY', true],
  ['read -rs AWS_SECRET_ACCESS_KEY && export AWS_SECRET_ACCESS_KEY', true],
  ['export AWS_SECRET_ACCESS_KEY=<secret>', true],
  ['export AWS_SECRET_ACCESS_KEY="$secret"', true],
  ['export AWS_SECRET_ACCESS_KEY=', true],
  ['unset AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN', true],
  ['env -u AWS_SESSION_TOKEN aws sts get-caller-identity', true],
])('in a command: %s', async (command, fine) => {
  const text = change('run: oclog scan', `run: ${JSON.stringify(command)}`);
  if (fine) {
    await expect(loadRuleFiles([await filesOf({ 'a.yaml': text })], [])).resolves.toHaveLength(1);
  } else {
    const error = await failureOf([await filesOf({ 'a.yaml': text })]);
    expect(error.problems).toHaveLength(1);
    expect(error.problems[0]?.place).toMatchObject({ line: 32, text: null });
    expect(error.message).not.toContain('abc');
  }
});

test.each<[string, string | Uint8Array, readonly string[]]>([
  ['nothing', '', ['- the file is empty']],
  ['blanks and comments', '# nothing\n', ['1:1 a rule must be a mapping of fields, not nothing']],
  ['a list', '- a\n', ['1:1 a rule must be a mapping of fields, not a list']],
  ['a text', 'hello\n', ['1:1 a rule must be a mapping of fields, not the text `hello`']],
  [
    'two documents',
    `${GOOD}---\n${GOOD}`,
    ['38:1 more than one document in the file | give each a file of its own'],
  ],
  ['a field twice', `${GOOD}code: ACME8\n`, ['38:1 the same field twice | take one out']],
  [
    'broken YAML',
    'schema: [1\nid: x\n',
    ['2:1 not valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ]'],
  ],
  ['a tab', 'schema: 1\n\tid: x\n', ['2:1 not valid YAML: Tabs are not allowed as indentation']],
  ['an alias of nothing', `${GOOD}x: *y\n`, ['38:4 the alias `*y` has no anchor before it']],
  [
    'too many aliases',
    'a: &a [x,x,x,x]\nb: &b [*a,*a,*a,*a]\nc: [*b,*b,*b,*b]\n',
    ['1:1 the file repeats too much by aliases'],
  ],
  ['a deep nest', `a: ${'['.repeat(500)}${']'.repeat(500)}`, ['1:1 the file is nested too deeply']],
  ['names of JavaScript', `${GOOD}__proto__: 1\n`, ['38:1 `__proto__` cannot be a name here']],
  ['bytes that are not UTF-8', new Uint8Array([0x61, 0x0a, 0x62, 0xff]), ['2:2 not valid UTF-8']],
  ['too many bytes', `${GOOD}#${' '.repeat(1024 * 1024)}`, ['- a rule file larger than 1 MiB']],
])('a file of %s', async (_, content, expected) => {
  const problems = await problemsOf(content);
  for (const problem of expected) expect(problems).toContain(problem);
});

test('a mark of byte order and Windows line ends do no harm', async () => {
  const directory = await filesOf({ 'a.yaml': `\uFEFF${GOOD.replaceAll('\n', '\r\n')}` });
  await expect(loadRuleFiles([directory], [])).resolves.toHaveLength(1);
  expect(await problemsOf(`\uFEFF${change('code: ACME7', 'kode: x').replaceAll('\n', '\r\n')}`)).toContain(
    '3:1 unknown field `kode` | did you mean `code`?',
  );
});

test('an alias stands for what it names, and its problems are shown there', async () => {
  const text = change('for: [in-account]', 'for: &only [in-account]').replace(
    '- { do: Scan again.',
    '- { do: Look., for: *only }\n    - { do: Scan again.',
  );
  await expect(loadRuleFiles([await filesOf({ 'a.yaml': text })], [])).resolves.toHaveLength(1);
  expect(await problemsOf(text.replace('[in-account]', '[nowhere]'))).toEqual([
    '30:56 unknown variant `nowhere` | there are: in-account, elsewhere',
    '30:56 unknown variant `nowhere` | there are: in-account, elsewhere',
  ]);
});

test('all problems of all files are told at once, in order', async () => {
  const directory = await filesOf({
    'b.yaml': change('schema: 1', 'schema: 3').replace('rank: 3', 'rank: x'),
    'a.yaml': change('code: ACME7', 'code: x'),
    'empty.yml': '',
    '.hidden.yaml': 'no',
    'notes.txt': 'no',
  });
  await mkdir(join(directory, 'folder.yaml'));
  const error = await failureOf([directory, join(directory, 'missing.yaml')]);
  expect(error.problems.map(({ path, message }) => `${relative(directory, path)}: ${message}`)).toEqual([
    'empty.yml: the file is empty',
    'folder.yaml: not a regular file',
    'missing.yaml: no such rule file or directory',
    'a.yaml: `code` must be 3 to 16 capital letters and digits with a digit at the end in rule acme.lost-token',
    'b.yaml: `schema` must be 1: no other version of the format is known in rule acme.lost-token',
    `b.yaml: the id \`acme.lost-token\` is taken by ${join(directory, 'a.yaml')} in rule acme.lost-token`,
    'b.yaml: `rank` must be a number, not the text `x` in rule acme.lost-token',
  ]);
});

test('a file is loaded once, however often it is named', async () => {
  const directory = await filesOf({ 'a.yaml': GOOD });
  await expect(loadRuleFiles([directory, join(directory, 'a.yaml'), directory], [])).resolves.toHaveLength(1);
});

test('a directory without rule files is a problem, one below it is not looked into', async () => {
  const directory = await filesOf({ 'notes.txt': '' });
  await mkdir(join(directory, 'below'));
  await writeFile(join(directory, 'below', 'a.yaml'), GOOD);
  const { message } = await failureOf([directory]);
  expect(message).toBe(
    `error: no rule file in this directory\n  --> ${directory}\n   = rule files end in .yaml or .yml`,
  );
});

test('names, codes and ranks of the built-in rules are taken', async () => {
  const directory = await filesOf({ 'a.yaml': GOOD });
  const builtIn = ruleOf({ id: 'acme.lost-token', code: 'ACME7', exclusive: { group: 'acme', rank: 3 } });
  const { problems } = await failureOf([directory], [builtIn]);
  expect(problems.map(({ place, message }) => `${place?.line}:${place?.column} ${message}`)).toEqual([
    '2:5 the id `acme.lost-token` is taken by the built-in rule acme.lost-token in rule acme.lost-token',
    '3:7 the code `ACME7` is taken by the built-in rule acme.lost-token in rule acme.lost-token',
    '6:33 the rank 3 of the group `acme` is taken by the built-in rule acme.lost-token in rule acme.lost-token',
  ]);
});

test('built-in rules may have the reserved codes', async () => {
  const directory = await filesOf({ 'a.yaml': change('code: ACME7', 'code: VNA1001') });
  await expect(loadRuleFiles([directory], null)).resolves.toHaveLength(1);
});

test('a rule without variants needs a confidence, and its samples no variant', async () => {
  const plain = GOOD.replace(/variants:\n.*\n.*\n/, '')
    .replace(/why: .*/, 'why: Because.')
    .replace(', for: [in-account]', '')
    .replace(' variant: elsewhere,', '');
  expect(await problemsOf(plain)).toEqual([
    '1:1 missing field `confidence` | required where there are no variants',
  ]);
  const whole = plain.replace('severity:', 'confidence: likely\nseverity:');
  await expect(loadRuleFiles([await filesOf({ 'a.yaml': whole })], [])).resolves.toHaveLength(1);
});

test('a long line is cut around the column', async () => {
  const directory = await filesOf({
    'a.yaml': change(
      '{ id: word, contains: lost }',
      `{ id: word, contains: "${'x'.repeat(500)}", contians: a }`,
    ),
  });
  const { message } = await failureOf([directory]);
  const shown = message.split('\n');
  expect(shown[4]?.indexOf('^')).toBe(shown[3]?.indexOf('contians'));
  expect(Math.max(...shown.slice(2).map((row) => row.length))).toBeLessThan(140);
});
