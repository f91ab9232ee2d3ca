import { expect, test } from '@jest/globals';
import { compiledKernel, instantiateKernel, useCompiledKernel } from '../../src/kernel/module.ts';

test.each([1, 65_535, 65_536, 65_537, 10 * 65_536 + 1])(
  'a kernel has a memory of %i bytes at least',
  (size) => {
    const { buffer } = instantiateKernel(size);
    expect(buffer.byteLength).toBeGreaterThanOrEqual(size);
    expect(buffer.byteLength).toBeLessThan(size + 65_536);
  },
);

test('each has its own', () => {
  expect(instantiateKernel(1).buffer).not.toBe(instantiateKernel(1).buffer);
});

test('it is compiled once, or by another thread', () => {
  const own = compiledKernel();
  expect(compiledKernel()).toBe(own);
  const other = {};
  useCompiledKernel(other);
  expect(compiledKernel()).toBe(other);
  useCompiledKernel(own);
});
