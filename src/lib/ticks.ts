// A clock for spans.

/**
 * Milliseconds since some moment; never goes back. Unlike `performance.now()`, which loads some ten modules of Node, it is
 * there when the program starts.
 */
export function ticks(): number {
  return process.uptime() * 1000;
}
