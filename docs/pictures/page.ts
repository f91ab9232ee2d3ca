// Takes the README's picture of the page that `--format html` writes, with the system's Chromium. Run by
// `npm run pictures:page`; fonts differ from machine to machine, so no test compares it.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openBrowser } from '../../test/helpers/browser.ts';

const [, , main = 'dist/main.js'] = process.argv;
const dir = mkdtempSync(join(tmpdir(), 'oclog-page-'));
const browser = await openBrowser();
try {
  const report = join(dir, 'report.html');
  const words = ['scan', '--fail-on', 'never', '--host', 'vna-demo', '--format', 'html', '--output', report];
  execFileSync(process.execPath, [main, ...words, 'fixtures/vna-server/log']);
  const page = await browser.newPage({ viewport: { width: 960, height: 700 }, colorScheme: 'light' });
  await page.goto(pathToFileURL(report).href);
  await page.screenshot({ path: 'docs/pictures/page.png' });
} finally {
  await browser.close();
  rmSync(dir, { recursive: true, force: true });
}
