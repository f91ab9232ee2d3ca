import { test } from '@jest/globals';
import { checkFollowing } from '../helpers/follow-plays.ts';

test('whatever happens to a log, what could be read is handed on once', () => checkFollowing(300), 120_000);
