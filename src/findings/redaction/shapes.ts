// Secrets known by their shape, without a name before them: access key ids, HTTP credentials, JWTs, passwords in
// URLs, encoded authorization failure messages.
import { continued } from './lines.ts';
import { eachMatch, endOf } from './match.ts';
import type { Mark } from './runs.ts';
import { depthAt, type View } from './view.ts';

const KEY_ID = /(?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{12,124}/g;
/** Of signature version 2, or of a pair of id and secret. */
const AFTER_KEY_ID = /:[A-Za-z0-9+/]{16,}={0,2}/y;

const JWT = /(?<![\w-])eyJ[\w-]*(?:\.[\w-]*)+/g;
const SHORTEST_JWT = 20;

const HTTP_CREDENTIALS =
  /\b(bearer|basic)(?:["']?[ \t]{0,4}[:=][ \t]{0,4}|[ \t]{1,4})["']?([^\s"'`<>,;()[\]{}\ue000]{4,})/gi;
const BASIC = /^(?![A-Z]?[a-z]+$)[A-Za-z0-9+/_-]{7,}={0,2}$/;
const BEARER_WORD =
  /^(?:tokens?|auth(?:entication|orization)?|credentials?|scheme|header|type|method|login|access|security|was|not|and|for|from|with|realm=.*|error=.*|scope=.*)[.:]?$/i;

const AUTHORITY = /:\/\/[^\s"'<>`]{1,2048}/g;
/** A port with a path that has an at sign in it, not a password. */
const PORT = /^(?:80|443|\d{4,5})[/?#]/;
const LONGEST_USER_NAME = 20;

const ENCODED_MESSAGE =
  /encoded[ \t]{1,8}authorization[ \t]{1,8}failure[ \t]{1,8}message["']?[ \t]{0,8}[:=]\s{0,80}["']?([A-Za-z0-9+/=_-]+)/gi;

export function markKeyIds(text: string, markId: Mark, mark: Mark): void {
  for (const match of text.matchAll(KEY_ID)) {
    const end = match.index + match[0].length;
    markId(match.index, end);
    mark(end + 1, endOf(AFTER_KEY_ID, text, end));
  }
}

export function markTokens(text: string, mark: Mark): void {
  for (const match of text.matchAll(JWT)) {
    if (match[0].length >= SHORTEST_JWT) mark(match.index, match.index + match[0].length);
  }
  eachMatch(HTTP_CREDENTIALS, text, (match) => {
    const [all, scheme = '', credentials = ''] = match;
    const end = match.index + all.length;
    const isSecret =
      scheme.toLowerCase() === 'basic' ? BASIC.test(credentials) : !BEARER_WORD.test(credentials);
    if (!isSecret) return end - credentials.length;
    const last = continued(text, end);
    mark(end - credentials.length, last);
    return last;
  });
}

/** Masks the message and tells how long it was. */
export function markEncodedMessages(
  text: string,
  mark: (start: number, end: number, length: number) => void,
): void {
  eachMatch(ENCODED_MESSAGE, text, (match) => {
    const end = match.index + match[0].length;
    const start = end - (match[1] ?? '').length;
    const last = continued(text, end);
    mark(start, last, text.slice(start, last).replace(/\s+/g, '').length);
    return last;
  });
}

/** `scheme://user:password@host`; the password may hold slashes and at signs. */
export function markUrlPasswords(view: View, mark: Mark): void {
  for (const match of view.text.matchAll(AUTHORITY)) {
    let start = match.index;
    for (const part of match[0].slice(3).split('://')) {
      start += 3;
      markUserInfo(view, start, part, mark);
      start += part.length;
    }
  }
}

function markUserInfo(view: View, start: number, part: string, mark: Mark): void {
  const depth = depthAt(view, start - 1);
  let at = part.lastIndexOf('@');
  while (at > 0 && depthAt(view, start + at) > depth) at = part.lastIndexOf('@', at - 1);
  if (at <= 0) return;
  const user = /^[^:/?#@]*/.exec(part)?.[0].length ?? 0;
  if (part.charAt(user) === ':' && at > user) {
    if (!PORT.test(part.slice(user + 1))) mark(start + user + 1, start + at);
  } else if (part.charAt(user) === '@' && user >= LONGEST_USER_NAME) mark(start, start + user);
}

const WRITTEN_AUTHORITY = /:\/\/[^\s:/?#@"'<>]{0,200}:([^\s"'<>]{1,1000})@/g;

/** The same as it is written, for a password whose escaped line ends would end it in the view. */
export function markWrittenUrlPasswords(source: string, mark: Mark): void {
  for (const { 0: whole, 1: password = '', index } of source.matchAll(WRITTEN_AUTHORITY)) {
    const end = index + whole.length - 1;
    if (!PORT.test(password)) mark(end - password.length, end);
  }
}

const QUOTED_BEHIND_NAME =
  /\b(?:pass(?:word|wd|phrase|code)|pwd|secret(?: access)?(?: key)?|token)\s{1,8}(?:is\s{1,8}|was\s{1,8})?(["'])([^"'\r\n]{1,200})\1/gi;

/** `password is "…"`: a name and a quoted value with nothing but blanks between them. */
export function markQuotedValues(text: string, mark: Mark): void {
  for (const { 0: whole, 2: value = '', index } of text.matchAll(QUOTED_BEHIND_NAME)) {
    const end = index + whole.length - 1;
    mark(end - value.length, end);
  }
}
