// What random lists of actions brought to light, each as the shortest list that showed it.
import { test } from '@jest/globals';
import { check } from '../helpers/follow-laws.ts';

test('a log that may not be read is looked at no more often than one at rest', () =>
  check({ from: 'end', before: ['write 1', 'forbid reading'], actions: ['look'] }));

test('a log that was written and rotated before the first look at it is read in its archive', () =>
  check({ from: 'end', before: [], actions: ['write 1', 'rotate .N plain', 'write 1', 'look'] }));

test('a new log that is being packed already is read once', () =>
  check({ from: 'end', before: [], actions: ['write 1', 'rotate .N gz seen packed', 'write 1'] }));

test('what was written to an empty log and copied before it was cut is read in the copy', () =>
  check({ from: 'end', before: [], actions: ['restart', 'look', 'write 1', 'copytruncate', 'look'] }));

test('an archive is read while no log bears the name', () =>
  check({
    from: 'end',
    before: ['write 1'],
    actions: ['rotate .N plain', 'write 1', 'rename away', 'look', 'delete archives', 'look'],
  }));

test('an archive is read while the log itself may not be', () =>
  check({
    from: 'end',
    before: [],
    actions: ['write 1', 'copytruncate', 'forbid reading', 'look', 'rename directory', 'half 200'],
  }));

test('an archive that was empty at first is read when its writer goes on in it', () =>
  check({
    from: 'end',
    before: [],
    actions: ['write 1', 'copytruncate', 'rename away, create', 'look', 'write 1', 'look'],
  }));

test('a log that was copied and cut twice between two looks is read in both copies', () =>
  check({
    from: 'end',
    before: ['write 1'],
    actions: ['write 1', 'copytruncate', 'write 1', 'copytruncate', 'write 1', 'look'],
  }));

test('a log that was cut, rotated and followed by one that is being packed is read once', () =>
  check({
    from: 'end',
    before: ['write 1'],
    actions: ['restart, truncating', 'rotate .N plain', 'write 1', 'rotate .N gz seen packing', 'kill'],
  }));

test('a log whose place a copy took, and that was rotated before a look, is read to its end', () =>
  check({
    from: 'end',
    before: ['write 1'],
    actions: ['replace by copy', 'write 1', 'rotate .N plain', 'write 1', 'look'],
  }));

test('a log that was cut and has grown to the same size with the same stack trace is read anew', () =>
  check({ from: 'end', before: ['write 1'], actions: ['write 5', 'truncate', 'write 1', 'look'] }));

test('bytes that were read are not called destroyed', () =>
  check({ from: 'end', before: [], actions: ['write 1', 'look', 'truncate', 'write 1'] }));

test('an archive that begins with the few bytes that were read of another log is not its copy', () =>
  check({
    from: 'end',
    before: [],
    actions: ['half 200', 'rotate .N plain', 'half 7', 'look', 'kill', 'switch link', 'look'],
  }));

test('an archive that begins like another is read when its writer goes on in it', () =>
  check({
    from: 'end',
    before: [],
    actions: [
      ...['write 1', 'rotate .N plain', 'half 7', 'rename away', 'look', 'look'],
      ...['rest', 'look', 'delete archives'],
    ],
  }));
