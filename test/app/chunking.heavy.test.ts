import { test } from '@jest/globals';
import { checkChunking } from '../helpers/laws.ts';

test('any chunking of any input gives the same findings, at length', () => checkChunking(20_000), 1_800_000);
