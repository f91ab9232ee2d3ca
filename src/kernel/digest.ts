// SHA-256 of short texts (assembly/sha256.ts). Node's own is faster for many, but its module takes 2 ms to load: a
// thirtieth of a scan of 128 MiB.
import { compile, instantiate } from './wasm.ts';

/** What assembly/sha256.ts exports. */
interface Exports {
  setUp(constantsAt: number, scheduleAt: number): void;
  digest(textAt: number, length: number, stateAt: number): void;
}

/** Bytes of the longest text. */
export const LONGEST_TEXT = 4096;

const CONSTANTS_AT = 1024;
const SCHEDULE_AT = CONSTANTS_AT + 256;
const STATE_AT = SCHEDULE_AT + 256;
const STATE_BYTES = 32;
const TEXT_AT = STATE_AT + 64;
/** A text with its padding. */
const TEXT_ROOM = LONGEST_TEXT + 128;

/** As the standard has them, high bytes first: what the digest begins with, and a constant for each round. */
const BEGINNING = '6a09e667bb67ae853c6ef372a54ff53a510e527f9b05688c1f83d9ab5be0cd19';
const CONSTANTS = [
  '428a2f9871374491b5c0fbcfe9b5dba53956c25b59f111f1923f82a4ab1c5ed5',
  'd807aa9812835b01243185be550c7dc372be5d7480deb1fe9bdc06a7c19bf174',
  'e49b69c1efbe47860fc19dc6240ca1cc2de92c6f4a7484aa5cb0a9dc76f988da',
  '983e5152a831c66db00327c8bf597fc7c6e00bf3d5a7914706ca635114292967',
  '27b70a852e1b21384d2c6dfc53380d13650a7354766a0abb81c2c92e92722c85',
  'a2bfe8a1a81a664bc24b8b70c76c51a3d192e819d6990624f40e3585106aa070',
  '19a4c1161e376c082748774c34b0bcb5391c0cb34ed8aa4a5b9cca4f682e6ff3',
  '748f82ee78a5636f84c878148cc7020890befffaa4506cebbef9a3f7c67178f2',
].join('');

export class ShortDigest {
  readonly #memory: Buffer;
  readonly #digest: (length: number) => void;

  constructor() {
    const { buffer, exports } = instantiate(compile('sha256'), TEXT_AT + TEXT_ROOM);
    const { setUp, digest } = exports as Exports;
    this.#memory = Buffer.from(buffer);
    this.#memory.write(CONSTANTS, CONSTANTS_AT, 'hex');
    setUp(CONSTANTS_AT, SCHEDULE_AT);
    this.#digest = (length) => digest(TEXT_AT, length, STATE_AT);
  }

  /** 64 hex digits; `null` for a text that is too long. */
  of(text: string | Uint8Array): string | null {
    const bytes = typeof text === 'string' ? Buffer.from(text) : text;
    if (bytes.length > LONGEST_TEXT) return null;
    const memory = this.#memory;
    memory.set(bytes, TEXT_AT);
    memory.write(BEGINNING, STATE_AT, 'hex');
    this.#digest(bytes.length);
    return memory.toString('hex', STATE_AT, STATE_AT + STATE_BYTES);
  }
}
