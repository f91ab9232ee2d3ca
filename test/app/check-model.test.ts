import { test } from '@jest/globals';
import { checkChecking } from '../helpers/check-plays.ts';

test(
  'whatever happens to a log, what could be read is told once over all runs',
  () => checkChecking(300),
  240_000,
);
