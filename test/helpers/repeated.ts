// Logs that say few things again and again, with the time, the thread, the request ids and the stack frames exchanged: by harmless
// ones and by hostile ones, in surroundings that may swallow, join or quote them.
import fc from 'fast-check';

const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';

const id = fc.oneof(
  fc.uuid(),
  fc.constantFrom(
    '74aa7f8a-f557-11e7-850c-33d05b3658d7',
    '12345678-1234-1234-1234-123456789012',
    '12345678-1234-1234-1234-12345678901a',
    'acca0000-acca-acca-acca-accaaccaacca',
    '74AA7F8A-F557-11E7-850C-33D05B3658D7',
    'ACCA00112233445566',
    '74aa7f8a-f557-11e7-850c-33d05b3658d',
    '74aa7f8a-f557-11e7-850c-33d05b3658d77',
    `${SECRET}`,
    '',
  ),
);
const thread = fc.constantFrom(
  ...[
    'default task-1',
    'default task-12',
    'default task-123',
    'pool-7-thread-2',
    'Thread-9 (x)',
    'a.b',
    '',
    ' ',
  ],
  ...['password', 'token-refresher', 'us-east-1', 'poll region', 'AccessDeniedException', 'access denied'],
  ...[
    'us-east-1 us-west-2',
    'US-EAST-1',
    'FooException',
    'FooError',
    'AWS endpoint',
    'Rate exceeded',
    'x y '.repeat(15),
  ],
  ...[
    `x Request ID: 74aa7f8a-f557-11e7-850c-33d05b3658d7, y`,
    'SocketTimeoutException',
    `${'x y '.repeat(246)}Request ID: 74aa7f8a-f557-11e7-850c-33d05b3658d7;`,
  ],
  ...['AKIAIOSFODNN7EXAMPLE', 'request has expired', 'aws', `k ${'9'.repeat(60)}`, 'connection refused'],
);
const stamp = fc.constantFrom(
  ...[
    '2024-03-01 10:15:30,123',
    '2024-03-01 10:15:30,124',
    '2024-12-31 23:59:59,999',
    '2024-03-02T00:00:00.000',
  ],
  ...[
    '2024-02-30 10:00:00,000',
    '10:15:30,123',
    '2024-03-01 10:15:30',
    '2024-03-01 10:15:30,1234',
    '2024-03-01 23:59:60,000',
  ],
  '2024-03-01 10:15:30,123+0200',
);
const FRAME = '\tat com.amazonaws.http.AmazonHttpClient.execute(AmazonHttpClient.java:541)\n';
const trace = fc.constantFrom(
  ...['', FRAME, FRAME.repeat(3), FRAME.repeat(40), FRAME.repeat(60), `${FRAME}\t... 12 more\n`],
  ...[
    `\tat a.B.<init>(B.java:1)\n${FRAME}`,
    '\tat a.AKIAIOSFODNN7EXAMPLE.b(C.java:2)\n',
    '\tat token.Key.secret(Key:12345)\n',
    '\tat a.xeyJabcdefghijkl.eyJk(B.java:1)\n',
    `\tat ${'<clinit>'.repeat(130)}us-east-1(X.java:1)\n`,
    '\t... 12 more\n',
  ],
  ...[
    `${FRAME}\n`,
    `${FRAME}${SECRET}\n`,
    `${FRAME}Caused by: x.Y: no (Service: Iam, Status Code: 403, Request ID: `,
    '\tat a\n',
  ],
  ...[FRAME.replace('\n', '\r\n'), `\t${SECRET}\n${FRAME}`, `\tat x.y(${SECRET}.java:1)\n`, `${FRAME}zeta\n`],
);
const category = fc.constantFrom(
  'AWS_PLUGIN',
  'AWS_PLUGIN',
  'AWS_PLUGIN',
  'Z_PLUGIN',
  'password',
  'com.acme.Token',
  'com.acme.Region',
  "the region '",
  'X Request ID: 74aa7f8a-f557-11e7-850c-33d05b3658d7;',
);
const level = fc.constantFrom('ERROR', 'ERROR', 'WARN ', 'INFO ');

const V1 =
  'com.amazonaws.services.ec2.model.AmazonEC2Exception: The security token included in the request is invalid. (Service: AmazonEC2; Status Code: 403; Error Code: InvalidClientTokenId; Request ID: ';
const V2 =
  'software.amazon.awssdk.services.iam.model.IamException: User: arn:aws:iam::123456789012:user/x is not authorized to perform: iam:List (Service: Iam, Status Code: 403, Request ID: ';
/** Before an id, and behind it. */
const words = fc.constantFrom<readonly [string, string]>(
  [`Failed: ${V1}`, '; Proxy: null)'],
  [`Failed: ${V1}`, ')'],
  [`Failed: ${V2}`, ', Extended Request ID: null)'],
  [`region us-west-2: ${V2}`, ') (SDK Attempt Count: 1)'],
  [`password="x ${V1}`, '; y" z'],
  [`secretKey=${SECRET} ${V1}`, `;${SECRET})`],
  [`Authorization: Digest ${V1}`, ')'],
  [`token: Request ID: `, `; ${V1})`],
  [`bearer Request ID: `, `) ${V1})`],
  [`said "${V1}`, ')"'],
  [`é ${V1}`, ') é'],
  [`<password>${V1}`, ')'],
  [`&lt;password&gt;${V1}`, ')'],
  [`password:\n\tat Request ID: `, `) ${V1})`],
  [`-----BEGIN RSA PRIVATE KEY-----\n${SECRET}\n${V1}`, ')'],
  [`${V1}`, ';)\n-----END RSA PRIVATE KEY-----'],
  [`\u001b[31m${V1}`, ')\u001b[0m'],
  [`${V1}`, ')\npassword'],
  [`${V1}`, ') password:'],
  [`${V1}`, ') encoded authorization failure message:'],
  [`key ASIAIOSFODNN7EXAMPLE ${V1}`, ')'],
  [`as arn:aws:sts::123456789012:assumed-role/a/b ${V1}`, ')'],
  [`Http status code: 403: Forbidden Request ID: `, ')'],
  [`Http status code: 403 Request ID: `, ') '],
  [`${'words '.repeat(690)}${V1}`, ')'],
  [`${'words '.repeat(676)}${V1}`, ')'],
  [`${V1.replace('Request ID: ', 'Request ID:\n')}`, ')'],
  [`Connect to ec2.us-east-1.amazonaws.com:443 ${V1}`, ')'],
  ['zeta Request ID: ', ';'],
  [`= ${SECRET.slice(0, 20)} ${V1}`, ')'],
  [`: ${SECRET.slice(0, 20)} ${V1}`, ')'],
  ["' is wrong; expecting (Service: S3; Status Code: 400; Request ID: ", ')'],
  [`Failed: nothing (Service: AmazonEC2; Status Code: 403; Request ID: `, ')'],
  [`us-east-1 Request ID: `, `; (Service: AmazonEC2; Status Code: 403; Request ID: 0)`],
  ['java.net.SocketTimeoutException: Read timed out Request ID: ', ')'],
  ['amazonaws.com did not answer Request ID: ', ')'],
  [`(Service: Request ID: `, '; Status Code: 403; Error Code: X)'],
  [`${V1}`, ') encoded authorization failure message:'],
  [`${V1}`, ') <password>x'],
  [`${V1}`, ') &lt;password&gt;x'],
  [`${V1}`, ') %3Cpassword%3Ex'],
  [`${V1}`, ') \\u003cpassword\\u003ex'],
  [`\token=hunter2hunter2 ${V1}`, ')'],
  [`\u009d ${V1}`, ')\u009c'],
  [`\u001b]0;${V1}`, ')\u0007 \0'],
  [`[AWS_PLUGIN] ${V1}`, ')'],
  [`[${'A'.repeat(2000)}_PLUGIN] ${V1}`, ')'],
  ['Request ID: ', `; ${V1}`],
  ['The words: Request ID: ', ') (Service: AmazonEC2; Status Code: 403; Error Code: X)'],
);

const plain = fc
  .tuple(stamp, level, category, thread, words, id, trace, id)
  .map(
    ([time, name, tag, worker, [before, behind], first, frames, second]) =>
      `${time} ${name} [${tag}] (${worker}) ${before}${first}${behind}\n${frames}${frames.endsWith('\n') || frames === '' ? '' : `${second})\n`}`,
  );

const json = fc.tuple(stamp, thread, words, id).map(([time, worker, [before, behind], first]) => {
  const event = {
    timestamp: time,
    loggerName: 'AWS_PLUGIN',
    level: 'ERROR',
    message: before + first + behind,
    threadName: worker,
  };
  return `${JSON.stringify(event)}\n`;
});

/** Few wordings, each many times: what is exchanged is chosen anew, of little. */
export const repeatedLog = fc
  .tuple(
    fc.array(fc.tuple(level, category, words), { minLength: 1, maxLength: 3 }),
    fc.array(stamp, { minLength: 1, maxLength: 3 }),
    fc.array(thread, { minLength: 1, maxLength: 4 }),
    fc.array(id, { minLength: 1, maxLength: 5 }),
    fc.array(trace, { minLength: 1, maxLength: 3 }),
    fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat(), fc.nat(), fc.nat()), { minLength: 3, maxLength: 40 }),
    fc.array(fc.oneof(plain, json), { maxLength: 4 }),
    fc.constantFrom('\n', '\n', '\n', '\r\n'),
  )
  .map(([said, times, threads, ids, traces, choices, others, lineEnd]) => {
    const pick = <T>(all: readonly T[], at: number): T => all[at % all.length] as T;
    const records = choices.map(([a, b, c, d, e]) => {
      const [name, tag, [before, behind]] = pick(said, a);
      const frames = pick(traces, e);
      const open = frames.endsWith('\n') || frames === '' ? '' : `${pick(ids, d + 1)})\n`;
      return `${pick(times, b)} ${name} [${tag}] (${pick(threads, c)}) ${before}${pick(ids, d)}${behind}\n${frames}${open}`;
    });
    const all = [...records, ...others, ...records.slice(0, 5), ...records.slice(0, 5), ...records].join('');
    return Buffer.from(all.replaceAll(/\r?\n/g, lineEnd));
  });
