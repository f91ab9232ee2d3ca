// Makes oc.log text as a VNA server writes it on an ordinary day: several plugins and WildFly itself, stack traces,
// and everything that only looks like an AWS fault. The same seed gives the same log.

export interface LogShape {
  readonly seed: number;
  /** At least this many lines; ends with a whole record. */
  readonly lines: number;
  /** First record's wall time, `yyyy-MM-ddTHH:mm:ss`. */
  readonly start?: string;
  /** Seconds from record to record, at most. */
  readonly pace?: number;
}

export interface Random {
  /** Whole number from 0 to `below` - 1. */
  next(below: number): number;
  pick<T>(choices: readonly T[]): T;
}

/** xorshift32: small, the same everywhere. */
export function randomFrom(seed: number): Random {
  let state = seed | 1;
  const next = (below: number): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
  return { next, pick: (choices) => choices[next(choices.length)] as (typeof choices)[number] };
}

const THREADS = [
  'default task-1',
  'default task-12',
  'pool-7-thread-2',
  'ServerService Thread Pool -- 84',
  'EE-ManagedScheduledExecutorService-default-Thread-3',
];

const HEX = '0123456789abcdef';

type Line = (random: Random) => readonly [level: string, category: string, message: string];

const hex = (random: Random, length: number): string =>
  Array.from({ length }, () => HEX[random.next(16)]).join('');
const requestId = (random: Random): string => [8, 4, 4, 4, 12].map((length) => hex(random, length)).join('-');

const FRAMES =
  '\n\tat deployment.oc-war.war//com.ca.oc.plugin.Poller.poll(Poller.java:403)' +
  '\n\tat java.base/java.util.concurrent.ThreadPoolExecutor.runWorker(ThreadPoolExecutor.java:1136)' +
  '\n\tat org.jboss.threads@2.4.0.Final//org.jboss.threads.ContextClassLoaderSavingRunnable.run(ContextClassLoaderSavingRunnable.java:35)' +
  '\n\tat java.base/java.lang.Thread.run(Thread.java:829)';

const ORDINARY: readonly Line[] = [
  (r) => [
    'INFO',
    'AWS_PLUGIN',
    `AWSInventoryPoller: discovered ${r.next(900)} instances in us-east-1, 403 of them running`,
  ],
  (r) => [
    'INFO',
    'AWS_PLUGIN',
    `AWSPluginConfigHandler: connected to AWS region us-east-1 in ${r.next(900)} ms`,
  ],
  () => [
    'INFO',
    'AWS_PLUGIN',
    'AWSPluginConfigHandler: connected to AWS region eu-west-1; last failure was: Http status code: 403 InvalidClientTokenId',
  ],
  () => [
    'INFO',
    'AWS_PLUGIN',
    'AWSTopicPoller: discovered arn:aws:sns:us-east-1:123456789012:SignatureDoesNotMatch-alarms and group AccessDenied-403',
  ],
  (r) => [
    'DEBUG',
    'AWS_PLUGIN',
    `AWSMetricPoller: GetMetricData returned ${r.next(403)} values, Request ID: ${requestId(r)}`,
  ],
  (r) => [
    'WARN',
    'AWS_PLUGIN',
    `AWSMetricPoller: no datapoints for vpn-${hex(r, 8)} since ${r.next(59)} minutes`,
  ],
  (r) => [
    'ERROR',
    'AWS_PLUGIN',
    `AWSInventoryPoller: cannot map subnet-${hex(r, 8)}: java.lang.NullPointerException${FRAMES}\n`,
  ],
  (r) => [
    'INFO',
    'DNAC_PLUGIN',
    `DnacPoller: fetched ${r.next(4000)} interfaces from 10.20.${r.next(256)}.${r.next(256)}`,
  ],
  (r) => [
    'WARN',
    'DNAC_PLUGIN',
    `DnacClient: HTTP 503 from 10.20.0.${r.next(256)}, retrying in ${r.next(60)} s`,
  ],
  () => [
    'ERROR',
    'MERAKI_PLUGIN',
    `MerakiClient: request failed: java.io.IOException: HTTP 403 Forbidden${FRAMES}\nCaused by: java.net.SocketTimeoutException: Read timed out${FRAMES}\n`,
  ],
  (r) => ['INFO', 'VIPTELA_PLUGIN', `ViptelaPoller: cycle ${r.next(90000)} done in ${r.next(30000)} ms`],
  (r) => [
    'WARN',
    'ACI_PLUGIN',
    `AciPoller: fabric node ${r.next(400)} answered late\nqueue depth ${r.next(50)}\n\nwill retry`,
  ],
  (r) => [
    'INFO',
    'org.jboss.as.server',
    `WFLYSRV0010: Deployed "oc-war.war" (runtime-name : "oc-war.war") #${r.next(99)}`,
  ],
  () => [
    'ERROR',
    'com.ca.oc.backup.S3Uploader',
    'upload failed: com.amazonaws.services.s3.model.AmazonS3Exception: The AWS Access Key Id you provided does not exist in our records. (Service: Amazon S3; Status Code: 403; Error Code: InvalidAccessKeyId; Request ID: 70D66789531A94B5)',
  ],
  (r) => [
    'DEBUG',
    'com.amazonaws.request',
    `Received error response: com.amazonaws.services.identitymanagement.model.AmazonIdentityManagementException: The security token included in the request is invalid. (Service: AmazonIdentityManagement; Status Code: 403; Error Code: InvalidClientTokenId; Request ID: ${requestId(r)})`,
  ],
  (r) => [
    'INFO',
    'com.ca.oc.audit',
    `user admin searched log for "[AWS_PLUGIN] 403 InvalidClientTokenId" (${r.next(12)} hits)`,
  ],
  (r) => [
    'INFO',
    'com.ca.oc.core.Scheduler',
    `next run in ${r.next(600)} s, ${r.next(40)} jobs queued, memory ${r.next(4096)} MiB`,
  ],
  (r) => [
    'ERROR',
    'AWS_PLUGIN_SIMULATOR',
    `replayed: com.amazonaws.AmazonServiceException: (Service: AmazonEC2; Status Code: 401; Error Code: AuthFailure; Request ID: ${requestId(r)})`,
  ],
];

/** Header and body of one record in WildFly's pattern. */
export function recordAt(
  time: Date,
  level: string,
  category: string,
  thread: string,
  message: string,
): string {
  const stamp = time.toISOString().replace('T', ' ').replace('.', ',').slice(0, 23);
  return `${stamp} ${level.padEnd(5)} [${category}] (${thread}) ${message}\n`;
}

/** Ordinary records only: not one fault that oclog should report. */
export function* cleanRecords({
  seed,
  lines,
  start = '2024-03-01T00:00:00',
  pace = 4,
}: LogShape): Generator<string> {
  const random = randomFrom(seed);
  let time = Date.parse(`${start}Z`);
  let written = 0;
  while (written < lines) {
    time += random.next(pace * 1000);
    const [level, category, message] = random.pick(ORDINARY)(random);
    const record = recordAt(new Date(time), level, category, random.pick(THREADS), message);
    written += record.split('\n').length - 1;
    yield record;
  }
}

export function cleanLog(shape: LogShape): string {
  return [...cleanRecords(shape)].join('');
}
