// A thread of a scan: reads the units it is given, one at a time, from descriptors that the first thread keeps open.
import { parentPort, workerData } from 'node:worker_threads';
import { useCompiledKernel } from '../../kernel/module.ts';
import { SourceError } from '../../lib/errors.ts';
import { findZone } from '../../lib/find-zone.ts';
import { receiveRules } from '../../rules/builtin.ts';
import { compileRules } from '../../rules/compile.ts';
import { asLogText } from '../../sources/content.ts';
import { fileSources } from '../../sources/file-sources.ts';
import { useLent } from '../../sources/lent-file.ts';
import type { ReadMeter, Source } from '../../sources/source.ts';
import { type ScanSettings, settle } from '../settings.ts';
import { Tools } from '../tools.ts';
import { Credit } from './credit.ts';
import type { Batch, Ended, FromWorker, SharedSettings, Task, ToWorker, WorkerData } from './message.ts';
import { readUnit } from './read-unit.ts';

const PROGRESS_MS = 100;

const abort = new AbortController();
const meter: ReadMeter = { total: null, read: 0 };
const { shared, kernel } = workerData as WorkerData;
const settings = settingsOf(shared);
useCompiledKernel(kernel);
const tools = new Tools(settings);
const credit = new Credit();
/** Units are read in the order in which they come. */
let last: Promise<void> = Promise.resolve();

parentPort?.on('message', (message: ToWorker) => {
  if (message.type === 'abort') abort.abort();
  else if (message.type === 'taken') credit.giveBack(message.weight);
  // What is thrown ends the thread, and the scan.
  else last = last.then(() => work(message.unit, message.task));
});
setInterval(tellProgress, PROGRESS_MS).unref();
post({ type: 'ready' });

async function work(unit: number, task: Task): Promise<void> {
  const send = (batch: Batch): Promise<void> => {
    const blocks = batch.events.flatMap((event) => (event.type === 'lines' ? [event.bytes.buffer] : []));
    post({ type: 'batch', unit, batch }, blocks);
    return credit.take(batch.weight);
  };
  try {
    await readUnit(await sourcesOf(task), task.segment, settings, tools, send);
  } catch (error) {
    // The file is no longer what it was when it was found.
    if (!(error instanceof SourceError)) throw error;
    await send({ events: [], weight: 0, ended: endedBy(error) });
  }
  tellProgress();
  post({ type: 'done', unit });
}

function endedBy({ path, message, hint }: SourceError): Ended {
  return { bytes: 0, lines: 0, ends: null, problems: [{ path, message, hint }], isWhole: true };
}

async function sourcesOf({ file, kept }: Task): Promise<readonly Source[]> {
  const { sources } = await fileSources(useLent(file, meter), settings.inflateLimits);
  // That was no reading in earnest.
  meter.read = 0;
  return kept.flatMap((at) => sources[at] ?? []).map(asLogText);
}

function tellProgress(): void {
  if (meter.read > 0) post({ type: 'read', bytes: meter.read });
  meter.read = 0;
}

/** `blocks` are the receiver's from now on. */
function post(message: FromWorker, blocks: readonly ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, blocks);
}

function settingsOf({ rules, zone, ...rest }: SharedSettings): ScanSettings {
  return settle({
    ...rest,
    rules: compileRules(receiveRules(rules)),
    zone: zone === null ? undefined : findZone(zone),
    signal: abort.signal,
  });
}
