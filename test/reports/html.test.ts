import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Finding } from '../../src/findings/finding.ts';
import { ATTACKS, faultyLog, findingOf, renderEvents, renderLog, summaryOf } from '../helpers/html-report.ts';

/** The page without its style and script: what is made from findings. */
function bodyOf(page: string): string {
  return page.replace(/<style>[\s\S]*?<\/style>/, '').replace(/<script>[\s\S]*<\/script>/, '');
}

/** What is read: tags gone, entities resolved. */
function textOf(page: string): string {
  const entities: Record<string, string> = { lt: '<', gt: '>', quot: '"', '#39': "'", '#96': '`', amp: '&' };
  return bodyOf(page)
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(lt|gt|quot|#39|#96|amp);/g, (_, name: string) => entities[name] ?? '')
    .replace(/\s+/g, ' ');
}

const TAGS = new Set(
  (
    'html head meta title body header main footer nav section article h1 h2 h3 h4 h5 p div span strong em mark ' +
    'blockquote dl dt dd ol ul li a pre code details summary figure svg desc text line rect table caption thead tbody tr th td'
  ).split(' '),
);
const ATTRIBUTES = new Set(
  (
    'lang charset http-equiv content name class id href rel open role aria-live aria-labelledby aria-describedby ' +
    'data-label scope width height x y x1 x2 y1 y2'
  ).split(' '),
);

/** No tag and no attribute but those the report makes. */
function expectOwnMarkup(page: string): void {
  const tags = [...bodyOf(page).matchAll(/<\/?([^\s>/]+)([^>]*)>/g)].filter(
    ([tag]) => tag !== '<!doctype html>',
  );
  const names = new Set(tags.map(([, name = '']) => name));
  const attributes = new Set(
    tags.flatMap(([, , rest = '']) =>
      Array.from(rest.matchAll(/\s([^\s=]+)(?:="[^"]*")?/g), ([, name = '']) => name),
    ),
  );
  expect([...names].filter((name) => !TAGS.has(name))).toEqual([]);
  expect([...attributes].filter((name) => name !== '/' && !ATTRIBUTES.has(name))).toEqual([]);
}

describe('the html report', () => {
  test('says what happened, shows it, and how to fix and verify it, the gravest first', async () => {
    const text = textOf(await renderLog(faultyLog()));
    expect(text).toContain('4 faults found: 2 critical, 1 warning, 1 info.');
    expect(text).toContain('Seen 6 times, 2024-03-01 08:00:00 to 2024-03-01 11:30:30');
    expect(text).toContain('AmazonIdentityManagement answered 403 InvalidClientTokenId');
    expect(text).toMatch(/Likely: it fits, but the log does not prove it\.|Certain: the log proves it\./);
    expect(text).toContain('oclog scan --since 10m /opt/CA/VNA/wildfly/standalone/log');
    expect(text).toContain('oclog explain VNA1001');
    expect(text).toMatch(/By region .*eu-west-1 3 .*us-east-1 3|By region .*us-east-1 3 .*eu-west-1 3/);
    expect(text).toContain("VNA1003 AWS accepts VNA's access key but denies what VNA asks for");
    expect(text).toContain('Made by oclog 1.2.3 on 2024-03-02 10:00:00 UTC');
    const order = ['VNA1001', 'VNA1002', 'VNA1009', 'VNA1008'].map((code) =>
      text.lastIndexOf(`oclog explain ${code}`),
    );
    expect([...order].sort((a, b) => a - b)).toEqual(order);
  });

  test('tells of a fault that was seen once when that was', async () => {
    const text = textOf(await renderEvents([findingOf(), summaryOf({ findings: 1 })]));
    expect(text).toMatch(/Faults at a glance .*? once, \d{4}-/);
    expect(text).not.toContain('once, last');
  });

  test('marks the decisive words, folds frames and neighbours', async () => {
    const page = await renderLog(faultyLog());
    expect(page).toContain('<mark>InvalidClientTokenId</mark>');
    expect(page).toContain('<mark>Status Code: 403</mark>');
    expect(page).toContain('<summary>3 stack frames</summary>');
    expect(page).toContain('<summary>3 records before</summary>');
    expect(page.match(/<details class="exhibit" open>/g)).toHaveLength(4);
  });

  test('has a policy that allows its own style and script by their hashes, and nothing else', async () => {
    const page = await renderLog(faultyLog(ATTACKS));
    const hashOf = (tag: string): string => {
      const found = [...page.matchAll(new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`, 'g'))];
      expect(found).toHaveLength(1);
      return createHash('sha256')
        .update(found[0]?.[1] ?? '')
        .digest('base64');
    };
    expect(page.match(/Content-Security-Policy" content="([^"]*)"/)?.[1]).toBe(
      `default-src &#39;none&#39;; style-src &#39;sha256-${hashOf('style')}&#39;; ` +
        `script-src &#39;sha256-${hashOf('script')}&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;`,
    );
  });

  test('escapes whatever the log says', async () => {
    const page = await renderLog(faultyLog(ATTACKS), 'oc.log');
    expectOwnMarkup(page);
    expect(page).not.toContain('href="https://evil');
    expect(page).not.toContain('\u202e');
  });

  test('escapes whatever stands in a finding', async () => {
    const nasty = fc.oneof(fc.constantFrom(...ATTACKS), fc.string({ unit: 'binary', maxLength: 40 }));
    await fc.assert(
      fc.asyncProperty(nasty, async (text) => {
        const finding = everywhere(findingOf(), text);
        const page = await renderEvents(
          [
            finding,
            { type: 'context', id: finding.id, path: text, before: [text], after: [text] },
            { type: 'error', schemaVersion: 1, path: text, message: text },
            summaryOf({
              findings: 1,
              errors: 1,
              byCode: { [text]: 1 },
              notes: [{ path: text, message: text }],
            }),
          ],
          { checked: [{ code: `${text}!`, title: text }], version: text },
        );
        expectOwnMarkup(page);
        expect(page).not.toMatch(/\p{Surrogate}/u);
        expect(bodyOf(page)).not.toMatch(/[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/);
      }),
      { numRuns: 60 },
    );
  });

  test.each([
    'javascript:alert(1)',
    'http://a.example/',
    'https:evil',
    'https://a.example/"onclick="x',
    'data:text/html,x',
  ])('makes no link of %s', async (url) => {
    const finding = findingOf();
    const advice = { ...(finding.advice ?? never()), links: [{ title: 'Broadcom KB 1', url }] };
    const page = await renderEvents([{ ...finding, advice }, summaryOf({ findings: 1 })]);
    expect(page).not.toMatch(/<a href="(?!#)/);
    expect(textOf(page)).toContain('Broadcom KB 1');
  });

  test('keeps every command whole', async () => {
    const page = await renderEvents([findingOf(), summaryOf()]);
    const [, code = ''] = /<code>([\s\S]*?)<\/code>/.exec(page) ?? [];
    expect(code.replace(/<[^>]*>/g, '')).toBe(
      'aws --version\n  aws sts get-caller-identity &amp;&amp;\n\techo &quot;&lt;done&gt;&quot;',
    );
  });

  test('tells a clean log from one that was not read', async () => {
    const checked = [{ code: 'VNA1001', title: 'A fault' }];
    const clean = textOf(await renderEvents([summaryOf()], { checked }));
    expect(clean).toContain('No fault found.');
    expect(clean).toContain('What was scanned shows no sign of these faults. VNA1001 A fault');
    const error = { type: 'error', schemaVersion: 1, path: 'oc.log.gz', message: 'truncated' } as const;
    const unread = textOf(
      await renderEvents([error, summaryOf({ errors: 1, lines: 0, recognised: false })], { checked }),
    );
    expect(unread).toContain(
      'Nothing was checked: there was no record to look at. Not everything could be read.',
    );
    expect(unread).toContain('Not read oc.log.gz truncated');
    expect(unread).not.toContain('VNA1001');
  });

  test('points to advice that it has given', async () => {
    const other = findingOf({ fingerprint: 'ba9876543210', id: 'f', host: 'vna-two' });
    const page = await renderEvents([findingOf(), other, summaryOf()]);
    expect(page.match(/<ol class="steps">/g)).toHaveLength(1);
    expect(page).toContain('<a href="#fault-1">fault 1</a>');
  });

  test('stays under two megabytes for a hundred thousand findings of fifty faults', async () => {
    const page = await renderEvents(manyFindings(100_000, 50));
    expect(Buffer.byteLength(page)).toBeLessThan(2_000_000);
    expect(page.match(/<article /g)).toHaveLength(50);
    expect(textOf(page)).toContain('1,999 more occurrences not shown.');
  });

  test('stays under two megabytes for more faults than can be described, and says so', async () => {
    const page = await renderEvents(manyFindings(3000, 1500));
    expect(Buffer.byteLength(page)).toBeLessThan(2_000_000);
    expect(textOf(page)).toMatch(/Faults after number \d+ are named only/);
    expect(textOf(page)).toContain('800 more faults not named');
    expect(textOf(page)).toContain('1,000 more findings of further faults not shown.');
  });
});

/** Records and advice that are as large as they get, made of what escapes to most. */
function* manyFindings(count: number, faults: number): Generator<Finding> {
  const text = '"<\'>&'.repeat(820);
  const advice = findingOf().advice ?? never();
  for (let index = 0; index < count; index += 1) {
    const fault = String(index % faults);
    yield findingOf({
      id: String(index),
      fingerprint: fault,
      host: `host-${fault}`,
      title: `"${'&'.repeat(300)}`,
      record: { ...findingOf().record, text },
      advice: { ...advice, why: `${fault} ${'"'.repeat(900)}` },
      time: new Date(Date.UTC(2024, 2, 1) + index * 1000).toISOString().slice(0, 23),
    });
  }
}

/** The same finding with `text` for every string that is free in its form. */
function everywhere(finding: Finding, text: string): Finding {
  const fixed = new Set(['type', 'severity', 'confidence', 'id', 'fingerprint']);
  const replaced = JSON.parse(
    JSON.stringify(finding, (key, value: unknown) =>
      typeof value === 'string' && !fixed.has(key) ? text : value,
    ),
  );
  return replaced as Finding;
}

function never(): never {
  throw new Error('a finding made here has advice');
}
