import { test } from '@jest/globals';
import { checkChunking } from '../helpers/laws.ts';

test('any chunking of any input gives the same findings, whose offsets point at headers', () =>
  checkChunking(300));
