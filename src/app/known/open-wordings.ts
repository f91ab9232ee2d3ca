// Opens the memory of wordings: a function, so that the program can do without it where a log is short.
import type { ScanSettings } from '../settings.ts';
import { Wordings } from './wordings.ts';

export function openWordings(settings: ScanSettings): Wordings {
  return new Wordings(settings);
}
