// The licences of the packages whose code is in the bundles: they ask to be passed on with it.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/;
const RULER = `\n${'-'.repeat(72)}\n\n`;

/** `inputs`: files that were bundled. */
export function writeNotices(inputs, path) {
  const folders = new Set(inputs.flatMap((input) => FOLDER.exec(input)?.[0] ?? []));
  writeFileSync(path, [...folders].sort().map(noticeOf).join(RULER));
}

function noticeOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (file === undefined && license === undefined) throw new Error(`${folder} names no licence`);
  const text = file === undefined ? '' : `\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
  return `${name} ${version} (${license})\n${text}`;
}
