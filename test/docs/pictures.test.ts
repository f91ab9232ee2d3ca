// The README's pictures show what oclog prints today. Made anew by `npm run pictures`.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { draw, PICTURES } from '../../docs/pictures/make.ts';
import { MAIN } from '../helpers/cli.ts';

const root = join(import.meta.dirname, '../..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');

describe('the pictures of the README', () => {
  test.each(PICTURES)('$name is what oclog prints', async (picture) => {
    const path = `docs/pictures/${picture.name}.svg`;
    expect(readFileSync(join(root, path), 'utf8')).toBe(await draw(picture, MAIN));
    expect(readme).toContain(`](${path})`);
  });
});
