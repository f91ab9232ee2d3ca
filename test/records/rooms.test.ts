import { expect, test } from '@jest/globals';
import { createSearcher } from '../../src/kernel/searcher.ts';
import { Rooms } from '../../src/records/rooms.ts';

const searcherWith = (inputs: number) =>
  createSearcher(['x'], null, { inputSize: 4096, carrySize: 4096, inputs });
const placeOf = (room: Buffer | null): number | undefined => room?.byteOffset;

test('the inputs of a searcher come in turn, and those that follow can be had before', () => {
  const searcher = searcherWith(3);
  const { inputsAt, inputSize } = searcher;
  const [first, second, third] = inputsAt;
  const rooms = new Rooms();
  expect(rooms.spare(0)).toBeNull();
  for (const [here, next, last] of [
    [first, second, third],
    [second, third, first],
    [third, first, second],
    [first, second, third],
  ]) {
    const room = rooms.next(searcher);
    expect([placeOf(room), room.length, room.buffer]).toEqual([here, inputSize, searcher.memory.buffer]);
    expect([0, 1, 2, 3].map((others) => placeOf(rooms.spare(others)))).toEqual([
      next,
      last,
      undefined,
      undefined,
    ]);
  }
});

test('another searcher begins with its first', () => {
  const [one, other] = [searcherWith(2), searcherWith(1)];
  const rooms = new Rooms();
  rooms.next(one);
  expect(placeOf(rooms.next(one))).toBe(one.inputsAt[1]);
  const room = rooms.next(other);
  expect([placeOf(room), room.buffer]).toEqual([other.inputAt, other.memory.buffer]);
  expect(rooms.spare(0)).toBeNull();
  expect(placeOf(rooms.next(one))).toBe(one.inputAt);
});
