// What the strict level masks on top: account numbers, names of resources in ARNs, unique ids of IAM principals.
import type { Mark } from './runs.ts';

const PRINCIPAL_ID = /(?:AIDA|AROA|AGPA|AIPA|ANPA|ANVA|APKA|ASCA)[A-Z0-9]{12,124}/g;
const ACCOUNT = /(?<!\d)\d{12}(?!\d)|(?<![\w-])\d{4}-\d{4}-\d{4}(?![\w-])/g;
const ARN =
  /arn:aws[a-z-]{0,16}:([a-z0-9-]{0,40}):[a-z0-9-]{0,40}:(?:\d{12}|aws|<account>)?:((?:[^\s"'`,;()<>[\]{}]|<name>)+)/g;
/** `user/`, `assumed-role/`, `function:`; in S3 the first part is a name already. */
const RESOURCE_TYPE = /^[a-z][a-z-]{0,40}[/:](?=.)/;
/** Resources that name nothing. */
const NAMELESS = /^(?:root|\*|\*\/\*)[.:]?$/;

interface StrictMarks {
  readonly account: Mark;
  readonly name: Mark;
  readonly id: Mark;
}

export function markStrict(text: string, marks: StrictMarks): void {
  for (const match of text.matchAll(PRINCIPAL_ID)) marks.id(match.index, match.index + match[0].length);
  for (const match of text.matchAll(ACCOUNT)) marks.account(match.index, match.index + match[0].length);
  for (const match of text.matchAll(ARN)) {
    const [all, service = '', resource = ''] = match;
    if (NAMELESS.test(resource)) continue;
    const type = service === 's3' ? '' : (RESOURCE_TYPE.exec(resource)?.[0] ?? '');
    const end = match.index + all.length;
    const stop = /[.:]$/.test(resource) && resource.length > type.length + 1 ? end - 1 : end;
    marks.name(end - resource.length + type.length, stop);
  }
}
