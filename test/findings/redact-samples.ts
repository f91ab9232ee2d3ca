// Made-up secrets and the ways in which logs write them, for the redaction laws. Nothing here was ever valid.

/** A small generator, because fast-check's own strings are biased towards ones that are not random enough. */
function randomText(seed: number, length: number, alphabet: string): string {
  let state = (seed ^ 0x9e3779b9) >>> 0;
  let text = '';
  for (let i = 0; i < length; i += 1) {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    text += alphabet.charAt(((mixed ^ (mixed >>> 14)) >>> 0) % alphabet.length);
  }
  return text;
}

const BASE62 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const BASE64 = `${BASE62}+/`;

type Make = (seed: number) => string;

export const SECRETS: Readonly<Record<string, Make>> = {
  'secret key': (seed) => randomText(seed, 40, BASE64),
  'session token': (seed) => `IQoJb3JpZ2luX2Vj${randomText(seed, 300, BASE64)}==`,
  'old session token': (seed) => `FwoGZXIvYXdz${randomText(seed, 120, BASE64)}=`,
  signature: (seed) => randomText(seed, 64, '0123456789abcdef'),
  'short token': (seed) => randomText(seed, 20, BASE64),
};

export const PASSWORD: Make = (seed) => randomText(seed, 18, `${BASE62}!#$%*+.-_@^~?/`);

type Encode = (text: string) => string;

const plus = (text: string): string => text.replaceAll('+', '\\u002b').replaceAll('=', '\\u003d');

export const ENCODINGS: Readonly<Record<string, Encode>> = {
  raw: (text) => text,
  percent: encodeURIComponent,
  'lower percent': (text) => encodeURIComponent(text).replace(/%../g, (code) => code.toLowerCase()),
  'double percent': (text) => encodeURIComponent(encodeURIComponent(text)),
  'escaped slashes': (text) => text.replaceAll('/', '\\/'),
  'unicode escapes': (text) => plus(text).replaceAll('/', '\\u002f'),
  'json in json': (text) => JSON.stringify(plus(text.replaceAll('/', '\\/'))).slice(1, -1),
};

/** Writes a value, encoded already, as logs do. */
type Shape = (value: string) => string;

const json = (text: string): string => JSON.stringify(text).slice(1, -1);

/** For any value without blanks. */
export const SHAPES: Readonly<Record<string, Shape>> = {
  property: (v) => `aws.secretKey=${v}`,
  'spaced property': (v) => `aws_secret_access_key = ${v}`,
  colon: (v) => `Secret Access Key: ${v} for region us-east-1`,
  arrow: (v) => `session_token => ${v}`,
  quoted: (v) => `password="${v}" user="bob"`,
  'single quotes': (v) => `apiKey='${v}', user='bob'`,
  map: (v) => `config {secretKey=${v}, region=us-east-1}`,
  'map end': (v) => `config {region=us-east-1, secretKey=${v}}`,
  'query string': (v) => `GET /?Action=GetUser&X-Amz-Security-Token=${v}&Version=2010-05-08 HTTP/1.1`,
  'encoded query string': (v) => `url=https%3A%2F%2Fx%3Faccess_token%3D${v}%26region%3Dus-east-1`,
  xml: (v) => `<Credentials><SecretAccessKey>${v}</SecretAccessKey></Credentials>`,
  'xml on lines': (v) => `<SessionToken>\n    ${v}\n  </SessionToken>`,
  'xml property': (v) => `<property name="password" value="${v}"/>`,
  json: (v) => `{"client_secret":"${v}","region":"us-east-1"}`,
  'pretty json': (v) => `{\n  "secretAccessKey" : "${v}",\n  "region" : "us-east-1"\n}`,
  'json pair': (v) => `{"name":"api-key","value":"${v}"}`,
  'json in json': (v) => `{"body":"{\\"sessionToken\\":\\"${v}\\",\\"a\\":\\"b\\"}"}`,
  header: (v) => `x-amz-security-token:${v}\nx-amz-date:20260101T000000Z`,
  authorization: (v) => `Authorization: Bearer ${v}`,
  'basic authorization': (v) => `Proxy-Authorization: Basic ${v}`,
  'other authorization': (v) => `Authorization: Custom id=1 key ${v} more`,
  'header map': (v) => `{Authorization=[Bearer ${v}], Host=[iam.amazonaws.com]}`,
  'wire log': (v) => `http-outgoing-0 >> "X-Amz-Security-Token: ${v}[\\r][\\n]"`,
  'sigv4 wire log': (v) =>
    `>> "Authorization: AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260101/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=${v}[\\r][\\n]"`,
  cookie: (v) => `Set-Cookie: JSESSIONID=${v}; Path=/; HttpOnly`,
  'next line': (v) => `secret:\n    ${v}\n\tat com.example.Foo.bar(Foo.java:1)`,
  option: (v) => `java -jar x.jar --password ${v} --user bob`,
  'java option': (v) => `-Djavax.net.ssl.keyStorePassword=${v} -Dx=y`,
  'connection string': (v) => `jdbc:sqlserver://db:1433;user=sa;pwd=${v};encrypt=true`,
  'escaped line': (v) => `message\\nsecretKey=${v}\\n\\tat com.example.Foo.bar(Foo.java:1)`,
  'url password': (v) => `https://bob:${v}@proxy.example.com:8080/`,
};

/** Shapes in which the value is the end of its line, or is closed by a mark. */
export const FOLDABLE: readonly string[] = [
  ...[
    'property',
    'spaced property',
    'arrow',
    'quoted',
    'single quotes',
    'map',
    'map end',
    'xml',
    'xml property',
  ],
  ...[
    'json',
    'pretty json',
    'json in json',
    'header',
    'authorization',
    'header map',
    'wire log',
    'next line',
  ],
];

/** For secrets of exactly 40 base64 characters, and for tokens. */
export const BARE_SHAPES: Readonly<Record<string, Shape>> = {
  'bare word': (v) => `the value was ${v} here`,
  'bare in quotes': (v) => `rejected '${v}'`,
  'behind an escaped line end': (v) => `line\\n${v} next`,
  'behind an encoded sign': (v) => `x%3D${v}%26y`,
  'behind a colon': (v) => `AKIAIOSFODNN7EXAMPLE:${v}`,
  'in json': (v) => `{"message":"tried ${v}"}`,
  'json text': (v) => `{"text":"${json(`a\n${v}`)}"}`,
};

export const PATH_SHAPES: Readonly<Record<string, Shape>> = {
  directory: (v) => `/tmp/${v}/oc.log`,
  'end of path': (v) => `/var/archive/vnaserver01/wildfly/${v}`,
  file: (v) => `/home/vna/${v}.log`,
  relative: (v) => `logs/${v}/oc.log.2026-01-01.gz`,
};

/** Cuts a text into lines of about `width`. */
export function folded(text: string, width: number, separator: string): string {
  const pieces: string[] = [];
  for (let at = 0; at < text.length; at += width) pieces.push(text.slice(at, at + width));
  return pieces.join(separator);
}

/** The first piece of eight characters of any of the forms that the output still holds. */
export function leak(output: string, forms: readonly string[]): string | undefined {
  for (const form of forms) {
    for (let at = 0; at + 8 <= form.length; at += 1) {
      const piece = form.slice(at, at + 8);
      if (output.includes(piece)) return piece;
    }
  }
  return undefined;
}
