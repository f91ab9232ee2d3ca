// Writes a realistic log of a given size, with one fault in about every 20 MiB, as input for the other scripts.
import { closeSync, openSync, writeSync } from 'node:fs';
import { cleanRecords, recordAt } from '../test/helpers/vna-log.ts';

const FAULT =
  'AWSPluginConfigHandler: Failed to connect AWS region: Http status code: 403: com.amazonaws.services.identitymanagement.model.AmazonIdentityManagementException: The security token included in the request is invalid. (Service: AmazonIdentityManagement; Status Code: 403; Error Code: InvalidClientTokenId; Request ID: 74aa7f8a-f557-11e7-850c-33d05b3658d7; Proxy: null)\n\tat com.amazonaws.http.AmazonHttpClient$RequestExecutor.handleErrorResponse(AmazonHttpClient.java:1879)\n';

/** Writes at least `bytes` to `path` and returns how many faults are in it. */
export function makeLog(path: string, bytes: number): number {
  const file = openSync(path, 'w');
  // The same day over and over: what repeats is a block far longer than any buffer.
  const block = Buffer.from([...cleanRecords({ seed: 5, lines: 120_000, pace: 2 })].join(''));
  const fault = Buffer.from(
    recordAt(new Date('2024-03-01T10:00:00Z'), 'ERROR', 'AWS_PLUGIN', 'default task-1', FAULT),
  );
  let written = 0;
  let faults = 0;
  while (written < bytes) {
    const part = block.subarray(0, Math.max(0, Math.min(block.length, bytes - written)));
    const end = part.lastIndexOf('\n2024-') + 1;
    written += writeSync(file, part.subarray(0, end > 0 ? end : part.length));
    written += writeSync(file, fault);
    faults += 1;
  }
  closeSync(file);
  return faults;
}
