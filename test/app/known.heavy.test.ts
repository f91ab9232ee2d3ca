import { test } from '@jest/globals';
import { checkKnown } from '../helpers/known-laws.ts';

test('what is known of a wording is what a look says, at length', () => checkKnown(20_000), 3_600_000);
