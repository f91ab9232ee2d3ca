// Names of AWS services as the SDK generations print them, and what a service's protocol implies.

/** Names that do not become equal by dropping the vendor's prefix and version suffix. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['identitymanagement', 'iam'],
  ['securitytokenservice', 'sts'],
  ['securitytoken', 'sts'],
  ['simpleemailservice', 'ses'],
  ['simpleemail', 'ses'],
  ['simplesystemsmanagement', 'ssm'],
  ['simpleworkflow', 'swf'],
  ['simpledb', 'simpledb'],
  ['dynamodbv2', 'dynamodb'],
  ['logs', 'cloudwatchlogs'],
  ['elasticcomputecloud', 'ec2'],
  ['simplestorageservice', 's3'],
  ['simplequeueservice', 'sqs'],
  ['simplenotificationservice', 'sns'],
  ['relationaldatabaseservice', 'rds'],
  ['keymanagementservice', 'kms'],
  ['elasticcontainerregistry', 'ecr'],
  ['elasticcontainerservice', 'ecs'],
  ['certificatemanager', 'acm'],
  ['databasemigrationservice', 'databasemigration'],
  ['stepfunctions', 'sfn'],
  ['sqsexception', 'sqs'],
]);

/** Services that answer in XML: their error codes do not end in `Exception`. All newer ones speak JSON. */
const XML_SERVICES: ReadonlySet<string> = new Set([
  'iam',
  'sts',
  'ec2',
  's3',
  's3control',
  'cloudwatch',
  'sns',
  'sqs',
  'ses',
  'autoscaling',
  'cloudformation',
  'cloudfront',
  'cloudsearch',
  'docdb',
  'elasticache',
  'elasticbeanstalk',
  'elasticloadbalancing',
  'elasticloadbalancingv2',
  'importexport',
  'neptune',
  'rds',
  'redshift',
  'route53',
  'simpledb',
]);

/** One name for a service, whichever SDK named it: `AmazonIdentityManagement` and `Iam` are `iam`. */
export function normaliseService(service: string): string {
  const bare = service
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .replace(/^(?:amazon|aws)/, '');
  return ALIASES.get(bare) ?? (bare === '' ? service.toLowerCase() : bare);
}

export function speaksJson(service: string | null): boolean {
  return service !== null && !XML_SERVICES.has(normaliseService(service));
}
