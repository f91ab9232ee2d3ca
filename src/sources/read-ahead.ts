// Asks for the next chunk while the last one is being used, so that waiting for the disk and inflating overlap. Only for
// chunks that the next one leaves as they are.

export async function* readAhead(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const iterator = chunks[Symbol.asyncIterator]();
  let upcoming = ask(iterator);
  try {
    for (;;) {
      const result = await upcoming;
      if (result.done === true) return;
      upcoming = ask(iterator);
      yield result.value;
    }
  } finally {
    await iterator.return?.();
  }
}

/** A failure waits, handled, until its turn comes. */
function ask(iterator: AsyncIterator<Buffer>): Promise<IteratorResult<Buffer>> {
  const result = iterator.next();
  result.catch(() => {});
  return result;
}
