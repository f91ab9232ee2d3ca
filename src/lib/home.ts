// Where the program's own files are: beside the bundle that the build makes, or in the folders of its sources.
import { join } from 'node:path';
import { BUILT_VERSION } from './build.ts';

/** `dist/` or `src/`. */
export const HOME = BUILT_VERSION === null ? join(import.meta.dirname, '..') : import.meta.dirname;
