// Where the program's own files are: beside the bundle that the build makes, or in the folders of its sources.
import { BUILT_VERSION } from './build.ts';

/** `dist/` or `src/`. */
export const HOME = new URL(BUILT_VERSION === null ? '../' : './', import.meta.url);
