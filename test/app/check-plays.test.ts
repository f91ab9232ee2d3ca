// Plays that once went wrong, held to the laws of checking.
import { test } from '@jest/globals';
import { checkPlay } from '../helpers/check-laws.ts';

test.each<readonly [name: string, actions: readonly string[]]>([
  [
    'a record that was held is told though its log may not be read any more, and was rotated',
    ['write 1', 'run soon', 'forbid reading', 'rename away', 'run'],
  ],
  [
    'it is told once though it may be read again',
    ['write 1', 'run soon', 'forbid reading', 'run', 'allow reading', 'run soon', 'rotate .N plain', 'run'],
  ],
  [
    'what the log says later still belongs to it',
    ['half 400', 'run soon', 'forbid reading', 'run', 'allow reading', 'rest', 'run soon', 'write 2', 'run'],
  ],
  [
    'half a line is told as what it looked like, though another record was glued to it',
    ['half 200', 'write 5', 'half 200', 'write 2', 'write 1', 'half 130', 'run', 'kill'],
  ],
  [
    'a record is held of a run that was stopped, too, should its log be gone by the next one',
    ['write 5', 'run stopped', 'rotate dated.N plain seen absent', 'delete archives', 'kill'],
  ],
  [
    'a run that was stopped right before the last record, which is then destroyed',
    ['write 1', 'write 1', 'rotate .N plain', 'run stopped', 'run soon', 'delete archives'],
  ],
  [
    'what a writer that was not told writes to an archive that was empty',
    [
      ...['write 1', 'rotate .N plain', 'rename away, create', 'run'],
      ...['write 1', 'run', 'delete archives', 'write 1'],
    ],
  ],
  ['the whole of a log that a link led to is told', ['switch link', 'half 200', 'run soon', 'delete']],
])('%s', (_, actions) => checkPlay({ actions }), 60_000);
