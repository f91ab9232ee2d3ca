import { Readable } from 'node:stream';
import { expect, test } from '@jest/globals';
import { type MessageEvent, tailMessages } from '../../src/app/tail-messages.ts';
import type { MessageFormat } from '../../src/records/message.ts';
import { loadBuiltinRules } from '../../src/rules/builtin.ts';
import { compileRules } from '../../src/rules/compile.ts';
import { escaped, faultRecord, plainRecord } from '../helpers/fault.ts';
import { recordAt } from '../helpers/vna-log.ts';

const rules = await compileRules(await loadBuiltinRules());

async function eventsOf(
  input: string,
  format: MessageFormat,
  takesUnfinished = true,
): Promise<MessageEvent[]> {
  const events: MessageEvent[] = [];
  const { signal } = new AbortController();
  const options = { rules, host: 'h', format, takesUnfinished, signal, now: () => 0 };
  for await (const event of tailMessages({ ...options, input: Readable.from([Buffer.from(input)]) }))
    events.push(event);
  return events;
}

const namesOf = (events: readonly MessageEvent[]): string[] =>
  events.map((event) => (event.type === 'finding' ? `${event.code} ${event.id}` : event.type));

test('the findings of a message come before it is taken', async () => {
  const events = await eventsOf(plainRecord(1) + escaped(faultRecord(2)) + plainRecord(3), 'rsyslog-escaped');
  expect(events.map(({ type }) => type)).toEqual(['taken', 'finding', 'taken', 'taken']);
});

test('a message that is sent again brings findings of the same names', async () => {
  const message = escaped(faultRecord(1));
  const [first] = await eventsOf(message, 'rsyslog-escaped');
  const again = namesOf(await eventsOf(plainRecord(7) + message, 'rsyslog-escaped'));
  expect(first === undefined ? [] : namesOf([first])).toEqual([again[1]]);
});

test('with its place in the log a finding has the name that a scan gives it', async () => {
  const before = plainRecord(1);
  const record = faultRecord(2);
  const line = JSON.stringify({ message: record, path: '/v/oc.log', offset: before.length });
  const [finding] = await eventsOf(`${line}\n`, 'json');
  const { scan } = await import('../../src/app/scan.ts');
  const { tempFolder } = await import('../helpers/sources.ts');
  const folder = tempFolder();
  const ids: string[] = [];
  for await (const event of scan([folder.write('oc.log', before + record)], { rules, host: 'h' }))
    if (event.type === 'finding') ids.push(event.id);
  folder.remove();
  expect(finding).toMatchObject({
    id: ids[0],
    source: { path: '/v/oc.log', offset: before.length, line: 1 },
  });
});

test('which key a thread used is remembered, but not for ever', async () => {
  const thread = 'default task-2';
  const proof = recordAt(new Date(0), 'INFO', 'AWS_PLUGIN', thread, 'uses key ASIAIOSFODNN7EXAMPLE');
  const filler = plainRecord(9).repeat(1200);
  const variants = async (input: string): Promise<(string | null)[]> =>
    (await eventsOf(input, 'rsyslog-escaped')).flatMap((event) =>
      event.type === 'finding' ? event.variant : [],
    );
  expect(await variants(proof + escaped(faultRecord(2)))).toEqual(['temporary-key']);
  expect(await variants(proof + filler + escaped(faultRecord(2)))).not.toEqual(['temporary-key']);
});

test('a line that holds no message is taken and counted', async () => {
  const events = await eventsOf('junk\n{"message":"x"}\n{}\n', 'json');
  expect(events).toEqual([
    { type: 'taken', number: 1, empty: 1 },
    { type: 'taken', number: 2, empty: null },
    { type: 'taken', number: 3, empty: 2 },
  ]);
});

test('a last line without an end is a message only where that is said', async () => {
  const cut = escaped(faultRecord(1)).trimEnd();
  expect(await eventsOf(cut, 'rsyslog-escaped', false)).toEqual([]);
  expect((await eventsOf(cut, 'rsyslog-escaped')).map(({ type }) => type)).toEqual(['finding', 'taken']);
});

test('a record larger than its limit is judged as far as it goes, whatever its escapes', async () => {
  const long = `${faultRecord(1)}${'\tat x\u0001\n'.repeat(100_000)}`;
  for (const [input, format] of [
    [escaped(long), 'rsyslog-escaped'],
    [`${JSON.stringify({ message: long.slice(0, 256 * 1024) })}\n`, 'json'],
  ] as const)
    expect((await eventsOf(input, format)).map(({ type }) => type)).toEqual(['finding', 'taken']);
});
