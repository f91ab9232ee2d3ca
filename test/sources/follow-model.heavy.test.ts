import { test } from '@jest/globals';
import { checkFollowing } from '../helpers/follow-plays.ts';

const RUNS = Number(process.env['OCLOG_MODEL_RUNS'] ?? 10_000);

test(
  'whatever happens to a log, what could be read is handed on once, at length',
  () => checkFollowing(RUNS),
  3_600_000,
);
