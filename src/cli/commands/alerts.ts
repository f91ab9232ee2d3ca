// `oclog alerts`: the faults that checks remember, for people, and what people say of them.
import { userInfo } from 'node:os';
import { acknowledge, declareResolved, namesIncident, type Word } from '../../alerts/acts.ts';
import { type Incident, isOpen } from '../../alerts/alert.ts';
import type { Book } from '../../alerts/book.ts';
import { LOG_FAULTS } from '../../alerts/own-faults.ts';
import { incidentRecord } from '../../alerts/record.ts';
import { addSilence, expireSilences, removeSilence, type SilenceRequest } from '../../alerts/silences.ts';
import type { Given } from '../../config/flag.ts';
import { redactLine } from '../../findings/redact.ts';
import { UsageError } from '../../lib/errors.ts';
import { alertsText } from '../../reports/alerts-text.ts';
import { loadRules } from '../../rules/builtin.ts';
import { findRule } from '../../rules/find-rule.ts';
import { stateDirectory } from '../../state/place.ts';
import { editBooks, readBooks } from '../book-files.ts';
import type { Console } from '../console.ts';
import { choiceOf, listOf, textOf } from '../given.ts';
import { spanOf } from '../pipeline-options.ts';
import { print } from '../print.ts';
import { jsonText } from '../rule-list.ts';

const MAX_WORDS = 300;
const DAY = 86_400_000;

export async function runAlertsList(given: Given, io: Console): Promise<number> {
  const isJson = choiceOf(given, 'format', ['text', 'json'], 'text') === 'json';
  const now = Date.now();
  const directory = directoryIn(given, io);
  const books = await readBooks(directory);
  if (!isJson) return await print(alertsText(books, directory, now), io);
  const logs = books.map(({ log, book }) => ({
    log,
    alerts: book.incidents.map((one) =>
      incidentRecord(one, one.advice === null ? undefined : book.advice[one.advice]),
    ),
    silences: expireSilences(book.silences, now).map(({ at, until, ...silence }) => ({
      ...silence,
      at: new Date(at).toISOString(),
      until: new Date(until).toISOString(),
    })),
  }));
  return await print(jsonText({ schemaVersion: 1, type: 'alerts', logs }), io);
}

export async function runAlertsAck(name: string, given: Given, io: Console): Promise<number> {
  const changed = await say(name, given, io, acknowledge);
  return await print(`acknowledged, no more repeats: ${namesOf(changed)}\n`, io);
}

export async function runAlertsResolve(name: string, given: Given, io: Console): Promise<number> {
  const changed = await say(name, given, io, declareResolved);
  return await print(`resolved until it is seen again: ${namesOf(changed)}\n`, io);
}

export async function runAlertsSilence(name: string | undefined, given: Given, io: Console): Promise<number> {
  const host = textOf(given, 'host') ?? null;
  const span = spanOf(given, 'for', null, 1000, 90 * DAY + 1);
  if (span === null) throw new UsageError('a silence needs an end', { hint: 'add --for such as --for 2h' });
  const { by, reason, at } = wordIn(given, io);
  const dir = directoryIn(given, io);
  const what = name === undefined ? NOTHING : await targetOf(name, given, dir);
  const request: SilenceRequest = { ...what, host, by, reason, at, until: at + span };
  let id = '';
  await editBooks(dir, (book) => {
    const added = addSilence(book, request);
    id = added.silence.id;
    return added.book;
  });
  const until = new Date(request.until).toISOString();
  return await print(`silence ${id} until ${until}; the status of the check stays as it is\n`, io);
}

export async function runAlertsUnsilence(id: string, given: Given, io: Console): Promise<number> {
  const changed = await editBooks(directoryIn(given, io), (book) =>
    book.silences.some((silence) => silence.id === id) ? removeSilence(book, id) : book,
  );
  if (changed === 0) {
    throw new UsageError(`there is no silence \`${id.slice(0, MAX_WORDS)}\``, {
      hint: 'see oclog alerts list',
    });
  }
  return await print(`silence ${id} is over\n`, io);
}

const NOTHING = { code: null, rule: null, fingerprint: null };

type Act = (
  book: Book,
  name: string,
  word: Word,
) => { readonly book: Book; readonly incidents: readonly Incident[] };

/** Yields the faults that it was about, at least one. */
async function say(name: string, given: Given, io: Console, act: Act): Promise<readonly Incident[]> {
  const word = wordIn(given, io);
  const dir = directoryIn(given, io);
  const changed: Incident[] = [];
  await editBooks(dir, (book) => {
    if (!book.incidents.some((one) => isOpen(one.state) && namesIncident(one, name))) return book;
    const done = act(book, name, word);
    changed.push(...done.incidents);
    return done.book;
  });
  if (changed.length > 0) return changed;
  throw new UsageError(`no open fault is called \`${name.slice(0, MAX_WORDS)}\``, {
    hint: 'name a fingerprint, a code or a rule that oclog alerts list shows',
  });
}

/** A code or rule that there is, or a fault that is remembered: what mutes nothing by mistake is worse than nothing. */
async function targetOf(
  name: string,
  given: Given,
  dir: string,
): Promise<Pick<SilenceRequest, 'code' | 'rule' | 'fingerprint'>> {
  const books = await readBooks(dir);
  const word = name.trim().toLowerCase();
  const known = books.flatMap(({ book }) => book.incidents).find((one) => one.fingerprint === word);
  if (known !== undefined) return { ...NOTHING, fingerprint: known.fingerprint };
  const own = LOG_FAULTS.find(({ code, id }) => code.toLowerCase() === word || id === word);
  const { code, id } = own ?? findRule(await loadRules(listOf(given, 'rules')), name);
  return id === word ? { ...NOTHING, rule: id } : { ...NOTHING, code };
}

function wordIn(given: Given, io: Console): Word {
  const reason = redactLine(textOf(given, 'reason') ?? '', 'standard').trim();
  if (reason === '') throw new UsageError('a reason is needed', { hint: "add --reason 'ticket 4711'" });
  const by = textOf(given, 'by') ?? io.env['SUDO_USER'] ?? userInfo().username;
  return {
    by: redactLine(by, 'standard').slice(0, MAX_WORDS),
    reason: reason.slice(0, MAX_WORDS),
    at: Date.now(),
  };
}

function directoryIn(given: Given, io: Console): string {
  return stateDirectory(textOf(given, 'state-dir'), io.env);
}

function namesOf(incidents: readonly Incident[]): string {
  return incidents
    .map(({ code, region, fingerprint }) => `${code}${region === null ? '' : ` ${region}`} (${fingerprint})`)
    .join(', ');
}
