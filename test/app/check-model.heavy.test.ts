import { test } from '@jest/globals';
import { checkChecking } from '../helpers/check-plays.ts';

const RUNS = Number(process.env['OCLOG_MODEL_RUNS'] ?? 5_000);

test(
  'whatever happens to a log, what could be read is told once over all runs, at length',
  () => checkChecking(RUNS),
  3_600_000,
);
