// Keeps the threads that Node reads and writes files with to one. Of four, two would read at the same time what is wanted one
// after the other, and take turns with the thread that searches.

/**
 * Holds for the whole process if its files were read by its own thread so far, and does nothing else; for programs of our
 * own alone. What the administrator has set stays.
 */
export function useOnePoolThread(environment: NodeJS.ProcessEnv = process.env): void {
  environment['UV_THREADPOOL_SIZE'] ??= '1';
}
