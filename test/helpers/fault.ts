// Records with a fault that oclog reports, made on the spot: each with a request of its own.
import { recordAt } from './vna-log.ts';

/** `number` tells them apart; ten lines, the fault in the last. */
export function faultRecord(number: number): string {
  const time = new Date(Date.parse('2026-11-21T09:00:00Z') + number * 1000);
  const request = `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
  const error = `com.amazonaws.services.identitymanagement.model.AmazonIdentityManagementException: The security token included in the request is invalid. (Service: AmazonIdentityManagement; Status Code: 403; Error Code: InvalidClientTokenId; Request ID: ${request}; Proxy: null)`;
  const frames = '\tat com.ca.oc.plugin.Poller.poll(Poller.java:403)\n'.repeat(8);
  return recordAt(
    time,
    'ERROR',
    'AWS_PLUGIN',
    `default task-${number}`,
    `AWSPluginConfigHandler: Failed: java.lang.RuntimeException: no account\n${frames}Caused by: ${error}`,
  );
}

export function plainRecord(number: number): string {
  const time = new Date(Date.parse('2026-11-21T09:00:00Z') + number * 1000);
  return recordAt(time, 'INFO', 'AWS_PLUGIN', `default task-${number}`, `poll ${number} is done`);
}

/** As rsyslog's imfile hands a record on with escapeLF. */
export function escaped(record: string): string {
  return `${record.trimEnd().replaceAll('\n', '\\n')}\n`;
}

/** The requests that the findings of an NDJSON output are about. */
export function requestsIn(ndjson: string): number[] {
  const lines = ndjson.split('\n').filter((line) => line.includes('"type":"finding"'));
  return lines.map((line) => {
    const { aws } = JSON.parse(line) as { aws: { requestId: string } };
    return Number(aws.requestId.slice(-12));
  });
}
