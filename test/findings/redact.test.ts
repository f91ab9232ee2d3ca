import { expect, test } from '@jest/globals';
import { redact } from '../../src/findings/redact.ts';
import { maskKeyId } from '../../src/findings/redaction/secrets.ts';

const ID = 'AKIAIOSFODNN7EXAMPLE';
const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const R = '[redacted]';

test.each([
  ['ASIAIOSFODNN7EXAMPLE', 'ASIA…MPLE'],
  ['AKIAIOSFODNN7EXAMPLEX', 'AKIA…'],
  ['AKIAIOSFODNN7EXA', 'AKIA…'],
])('shows %s as %s', (id, masked) => {
  expect(maskKeyId(id)).toBe(masked);
  expect(redact(`key ${id}.`, 'standard')).toBe(`key ${masked}.`);
});

test.each([
  [`aws_secret_access_key = ${SECRET}`, `aws_secret_access_key = ${R}`],
  [`AWS Secret Access Key: ${SECRET} for x`, `AWS Secret Access Key: ${R} for x`],
  [`{secretKey=${SECRET}, region=us-east-1}`, `{secretKey=${R}, region=us-east-1}`],
  [`<AWSAccessKeyId>${ID}</AWSAccessKeyId>`, '<AWSAccessKeyId>AKIA…MPLE</AWSAccessKeyId>'],
  [`accessKey=${ID}`, 'accessKey=AKIA…MPLE'],
  [`X-Amz-Credential=${ID}%2F20260101%2Fus-east-1`, 'X-Amz-Credential=AKIA…MPLE%2F20260101%2Fus-east-1'],
  [
    `"Authorization: AWS4-HMAC-SHA256 Credential=${ID}/20260101/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=0123456789abcdef[\\r][\\n]"`,
    `"Authorization: AWS4-HMAC-SHA256 Credential=AKIA…MPLE/20260101/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=${R}[\\r][\\n]"`,
  ],
  ['{"password":"a \\"quoted\\" blank","user":"bob"}', `{"password":"${R}","user":"bob"}`],
  ['{\\"pwd\\":\\"a b\\",\\"x\\":1}', `{\\"pwd\\":\\"${R}\\",\\"x\\":1}`],
  ["password='it''s long', x", `password='${R}', x`],
  ['passphrase => `a b`', `passphrase => \`${R}\``],
  ['tokens=["one","two"]', `tokens=["${R}","${R}"]`],
  ['"secret":{"value":"x y"}', `"secret":{"value":"${R}"}`],
  ['<name>password</name>, password(plain): x', `<name>password</name>, password(plain): ${R}`],
  ['<password><![CDATA[x]]></password>', `<password><![CDATA[${R}</password>`],
  ['setSecretKey("x")', `setSecretKey("${R}")`],
  ['{"name":"password","value":"x"}', `{"name":"password","value":"${R}"}`],
  ['{Cookie=JSESSIONID=x; b=y, Host=h}', `{Cookie=${R}, Host=h}`],
  ['Authorization: Digest username="u", response="x"', `Authorization: ${R}`],
  [`Authorization: AWS ${ID}:frJIUN8DYpKDtOLCwo//yllqDzg=`, `Authorization: ${R}`],
  ['{Authorization=[Basic dTpw], Host=[h]} The text', `{Authorization=[${R}], Host=[h]} The text`],
  ['invalid token: password = x y', `invalid token: ${R} y`],
  ['"sent Basic dXNlcjpwYXNz" and Bearer a1b2.c3', `"sent Basic ${R}" and Bearer ${R}`],
  ['x=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln', `x=${R}`],
  ['https://bob:p@ss/w@proxy:8080/', `https://bob:${R}@proxy:8080/`],
  ['https%3A%2F%2Fbob%3Asecret1%40proxy', `https%3A%2F%2Fbob%3A${R}%40proxy`],
  [`password:\n  x1\n\tat a.B.c(B.java:1)`, `password:\n  ${R}\n\tat a.B.c(B.java:1)`],
  ['token=AbCd\nEfGh==\nCaused by: x', `token=${R}\nCaused by: x`],
  [`x%3DsecretKey%253D${encodeURIComponent(SECRET)}%2526y%253D1`, `x%3DsecretKey%253D${R}%2526y%253D1`],
  [`a\\n${SECRET}\\n${ID}`, `a\\n${R}\\nAKIA…MPLE`],
  [`x%3D${ID}%26`, 'x%3DAKIA…MPLE%26'],
  ['pass\u001b[1mword=x', `pass\u001b[1mword=${R}`],
])('%j', (text, expected) => {
  expect(redact(text, 'standard')).toBe(expected);
});

test.each([
  [
    'closed',
    '-----BEGIN RSA PRIVATE KEY-----\nMIIE\nabcd\n-----END RSA PRIVATE KEY-----\nnext',
    `${R}\nnext`,
  ],
  [
    'cut off',
    '-----BEGIN PRIVATE KEY-----\nMIIEpA\nabcd\n\tat a.B.c(B.java:1)',
    `${R}\n\tat a.B.c(B.java:1)`,
  ],
  [
    'encrypted',
    '-----BEGIN EC PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES,00FF\n\nMIIE\nabcd',
    R,
  ],
  ['in JSON', '{"k":"-----BEGIN PRIVATE KEY-----\\nMIIE\\nab","x":1}', `{"k":"${R}","x":1}`],
])('a private key, %s', (_name, text, expected) => {
  expect(redact(text, 'standard')).toBe(expected);
});

test('an encoded authorization failure message shows its length', () => {
  const text =
    'Encoded authorization failure message: 4GIOHlTkIaWHQD0Q-\n    abcdefghijklmn\n   (Service: AmazonEC2)';
  const expected = 'Encoded authorization failure message: [redacted 31 characters]\n   (Service: AmazonEC2)';
  expect(redact(text, 'standard')).toBe(expected);
  expect(redact(expected, 'standard')).toBe(expected);
});

test('the canonical request loses its session token and keeps its hashes', () => {
  const hash = '395f29ec2577398d2c47bd5cbb7c6aa6d332c003c28a670d1abbf2addf353dad';
  const text = (token: string): string =>
    `'POST\n/\n\nx-amz-security-token:${token}\n\nhost;x-amz-date;x-amz-security-token\n${hash}'`;
  expect(redact(text('IQoJb3JpZ2luX2VjEA'), 'standard')).toBe(text(R));
});

test.each([`/tmp/${SECRET}/oc.log`, `logs/${SECRET}`, `/var/archive/vnaserver01/wildfly/${SECRET}.gz`])(
  'a secret in the path %s',
  (path) => {
    expect(redact(path, 'standard')).toBe(path.replace(SECRET, R));
  },
);

test('strict masks accounts, names in ARNs and ids of principals, always alike', () => {
  const text =
    'arn:aws:iam::123456789012:user/bob AROAIOSFODNN7EXAMPLE account 123456789012 1234-5678-9012 arn:aws:s3:::logs/a.gz arn:aws:sns:us-east-1:123456789012:topic arn:aws:sts::123456789012:assumed-role/r/s arn:aws:iam::123456789012:root';
  const expected =
    'arn:aws:iam::<account>:user/<name> AROA…MPLE account <account> <account> arn:aws:s3:::<name> arn:aws:sns:us-east-1:<account>:<name> arn:aws:sts::<account>:assumed-role/<name> arn:aws:iam::<account>:root';
  expect(redact(text, 'strict')).toBe(expected);
  expect(redact(expected, 'strict')).toBe(expected);
  expect(redact(text, 'standard')).toBe(text);
});

test('JSON stays JSON', () => {
  const texts = [
    'password=',
    'a secret: "x y',
    "token='abc",
    'Authorization: Basic abc',
    'Cookie: a="b',
    `k ${SECRET}`,
  ];
  for (const text of texts) {
    const line = JSON.stringify({ text, list: [text, text], n: 1, last: text });
    expect(JSON.parse(redact(line, 'standard'))).toMatchObject({ n: 1 });
  }
});

test.each([
  [
    'proxy https://bob:pass%0Aword9x@proxy.example.com:8080/x',
    'proxy https://bob:[redacted]@proxy.example.com:8080/x',
  ],
  ['http://bob:pa%0Dss%0AW0rd@host', 'http://bob:[redacted]@host'],
  ['password is "hunter33" and more', 'password is "[redacted]" and more'],
  ['secret:\n    mofxy.ca.1zGFZpC1K\n\tat a.B.c(B.java:1)', 'secret:\n    [redacted]\n\tat a.B.c(B.java:1)'],
  ["passwd 'hunter44'", "passwd '[redacted]'"],
  ['https://host:8080/path@1.2', 'https://host:8080/path@1.2'],
])('%s becomes %s', (text, expected) => {
  expect(redact(text, 'standard')).toBe(expected);
});
