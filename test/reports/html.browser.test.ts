import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { openBrowser } from '../helpers/browser.ts';
import { ATTACKS, faultyLog, findingOf, renderEvents, renderLog, summaryOf } from '../helpers/html-report.ts';
import {
  CUT_ELEMENTS,
  HIDDEN_ELEMENTS,
  NUMBER_STOPS,
  POINT_AT_ALL,
  REFUSE_CLIPBOARD,
  RUN_AXE,
  UNFOLD,
} from '../helpers/in-page.ts';

jest.setTimeout(120_000);

/** Everything the page does that a report must not do. */
interface Doings {
  readonly requests: string[];
  readonly messages: string[];
}

let browser: Browser;
let folder: string;

/** File URLs of the reports under test. */
const urls = { faults: '', attacks: '', clean: '', commands: '' };

beforeAll(async () => {
  browser = await openBrowser();
  folder = mkdtempSync(join(tmpdir(), 'oclog-page-'));
  const pages: Readonly<Record<keyof typeof urls, string>> = {
    faults: await renderLog(faultyLog()),
    attacks: await renderLog(faultyLog(ATTACKS)),
    clean: await renderEvents([summaryOf()], { checked: [{ code: 'VNA1001', title: 'A fault' }] }),
    commands: await renderEvents([findingOf(), summaryOf()]),
  };
  for (const name of Object.keys(urls) as (keyof typeof urls)[]) {
    const path = join(folder, `${name}.html`);
    writeFileSync(path, pages[name]);
    urls[name] = pathToFileURL(path).href;
  }
});

afterAll(async () => {
  await browser?.close();
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
});

/** Opens a report, lets `look` see it, and expects that nothing left the page and nothing went wrong in it. */
async function withPage(
  url: string,
  options: BrowserContextOptions,
  look: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext(options);
  try {
    const doings: Doings = { requests: [], messages: [] };
    const page = await context.newPage();
    context.on('request', (request) => doings.requests.push(request.url()));
    page.on('console', (message) => doings.messages.push(message.text()));
    page.on('pageerror', (error) => doings.messages.push(error.message));
    page.on('dialog', (dialog) => {
      doings.messages.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    await page.goto(url);
    await look(page);
    expect(doings).toEqual({ requests: [url], messages: [] });
    expect(context.pages()).toHaveLength(1);
  } finally {
    await context.close();
  }
}

describe('the html report in a browser', () => {
  test.each(['faults', 'attacks', 'clean'] as const)(
    '%s: opens, asks for nothing, runs nothing',
    async (name) => {
      await withPage(urls[name], {}, async (page) => {
        await page.evaluate(UNFOLD);
        await page.evaluate(POINT_AT_ALL);
        for (let press = 0; press < 20; press += 1) await page.keyboard.press('Tab');
        expect(await page.evaluate("'pwned' in window")).toBe(false);
        expect(await page.locator('script').count()).toBe(1);
        expect(await page.locator('style').count()).toBe(1);
        expect(
          await page.locator('[onload], [onerror], [onfocus], iframe, img, base, link, form').count(),
        ).toBe(0);
        expect(await page.locator('h1').isVisible()).toBe(true);
      });
    },
  );

  test('shows the words of an attack as words', async () => {
    await withPage(urls.attacks, {}, async (page) => {
      const text = await page.locator('main').evaluate((main) => main.textContent);
      expect(text).toContain('<script>window.pwned=1</script>');
      expect(text).toContain('&lt;script&gt;window.pwned=1&lt;/script&gt; &#x3c;b&#x3e;');
      const places = await page
        .locator('a[href]')
        .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
      expect(places.filter((place) => !/^(?:#|https:\/\/(?!evil))/.test(place))).toEqual([]);
    });
  });

  test.each(['clipboard', 'selection'] as const)('copies a command to the letter by %s', async (way) => {
    const command = findingOf().advice?.steps[0]?.run?.trimEnd();
    await withPage(urls.commands, { permissions: ['clipboard-read', 'clipboard-write'] }, async (page) => {
      if (way === 'selection') await page.evaluate(REFUSE_CLIPBOARD);
      const button = page.getByRole('button', { name: 'Copy aws --version' });
      await button.click();
      await page.getByText('Copied.').waitFor();
      expect(await page.getByRole('status').textContent()).toBe('Copied.');
      expect(await page.evaluate('navigator.clipboard.readText()')).toBe(command);
      await page.getByRole('button', { name: 'Copy aws --version' }).waitFor();
    });
  });

  test('is reached by the keyboard in its own order, with the focus to be seen', async () => {
    await withPage(urls.faults, { viewport: { width: 1280, height: 900 } }, async (page) => {
      const stops = await page.evaluate<number>(NUMBER_STOPS);
      expect(stops).toBeGreaterThan(60);
      for (let stop = 0; stop < stops; stop += 1) await page.keyboard.press('Tab');
      expect(await page.evaluate('seen')).toEqual(
        Array.from({ length: stops }, (_, stop) => `${stop} solid`),
      );
      await page.locator('details.exhibit:not([open]) > summary').first().focus();
      const before = await page.locator('details.exhibit[open]').count();
      await page.keyboard.press('Enter');
      expect(await page.locator('details.exhibit[open]').count()).toBe(before + 1);
    });
  });

  describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
    test.each([
      ['faults', 1280],
      ['faults', 360],
      ['attacks', 1280],
      ['clean', 360],
    ] as const)('%s at %i px breaks no rule of accessibility', async (name, width) => {
      await withPage(
        urls[name],
        { colorScheme, viewport: { width, height: 900 }, bypassCSP: true },
        async (page) => {
          await page.evaluate(UNFOLD);
          await page.evaluate(axe.source);
          expect(await page.evaluate(RUN_AXE)).toEqual([]);
        },
      );
    });
  });

  test.each([360, 768, 1280])('does not scroll sideways at %i px', async (width) => {
    for (const url of [urls.faults, urls.attacks, urls.clean])
      await withPage(url, { viewport: { width, height: 800 } }, async (page) => {
        await page.evaluate(UNFOLD);
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
        expect(await page.evaluate(CUT_ELEMENTS)).toEqual([]);
      });
  });

  test.each([true, false])(
    'prints everything, on white, without buttons (script: %s)',
    async (javaScriptEnabled) => {
      const options = {
        javaScriptEnabled,
        colorScheme: 'dark',
        viewport: { width: 700, height: 990 },
      } as const;
      await withPage(urls.faults, options, async (page) => {
        await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
        expect(await page.evaluate(HIDDEN_ELEMENTS)).toEqual([]);
        expect(await page.evaluate(CUT_ELEMENTS)).toEqual([]);
        expect(await page.locator('button:visible').count()).toBe(0);
        const ground = await page.evaluate(
          'getComputedStyle(document.querySelector("article")).backgroundColor',
        );
        expect(ground).toBe('rgb(255, 255, 255)');
        const paper = (await page.pdf({ format: 'A4' })).toString('latin1');
        expect(paper.startsWith('%PDF-')).toBe(true);
        expect(paper.match(/\/Type \/Page\b/g)?.length).toBeGreaterThan(10);
      });
    },
  );

  test('is whole without script', async () => {
    await withPage(urls.faults, { javaScriptEnabled: false }, async (page) => {
      expect(await page.locator('article').count()).toBe(4);
      expect(await page.locator('button').count()).toBe(0);
      const folded = page.locator('details.exhibit').nth(1);
      await folded.locator('> summary').click();
      expect(await folded.locator('.record').isVisible()).toBe(true);
    });
  });
});
