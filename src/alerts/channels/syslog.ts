// Syslog by RFC 5424, over UDP or with its octets counted over TCP or TLS: a line for each fault of a notice.
import { createSocket } from 'node:dgram';
import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { type Incident, isOpen } from '../alert.ts';
import { type Channel, type Message, SENT } from './channel.ts';
import type { SyslogSettings } from './settings.ts';

/** Receivers must take 480 bytes and should take 2,048. */
const MOST_BYTES = 2000;
/** How long a receiver has to say that nobody listens, or to close when it has all. */
const ANSWER_MS = { udp: 30, stream: 2000 } as const;
const NOTICE = 5;
const SEVERITY = { critical: 2, warning: 4, info: 6 } as const;
/** The private enterprise number that documents use as their example. */
const SD_ID = 'oclog@32473';

export function openSyslog(settings: SyslogSettings): Channel {
  return {
    async send(message, signal) {
      const lines = syslogLines(message, settings.facility);
      if (settings.protocol === 'udp') await sendDatagrams(lines, settings);
      else await sendStream(lines, settings, signal);
      return SENT;
    },
    async close() {
      // Nothing stays open between two notices.
    },
  };
}

export function syslogLines({ notice, text }: Message, facility: number): readonly string[] {
  const { incidents, severity, at, host } = notice;
  const texts = text.faults.length === incidents.length ? text.faults : [text.headline];
  return texts.map((words, index) => {
    const incident = incidents[index];
    const isOver = incident !== undefined && !isOpen(incident.state);
    const level = isOver || notice.reason === 'test' ? NOTICE : SEVERITY[incident?.severity ?? severity];
    const time = new Date(at).toISOString();
    const name = (value: string, most: number): string => value.replace(/[^!-~]/g, '_').slice(0, most) || '-';
    const id = incident === undefined ? '-' : name(incident.code, 32);
    const head = `<${facility * 8 + level}>1 ${time} ${name(host, 255)} oclog - ${id} ${dataOf(message(notice), incident)}`;
    return cut(`${head} ${words.replace(/[\r\n]+/g, ' ')}`, MOST_BYTES);
  });

  function message({ id, reason, group }: Message['notice']): Readonly<Record<string, string>> {
    return { id, reason, group };
  }
}

function dataOf(notice: Readonly<Record<string, string>>, incident: Incident | undefined): string {
  const fields: Readonly<Record<string, string | null>> = {
    ...notice,
    state: incident?.state ?? null,
    fingerprint: incident?.fingerprint ?? null,
    plugin: incident?.plugin ?? null,
    region: incident?.region ?? null,
    service: incident?.service ?? null,
    variant: incident?.variant ?? null,
    count: incident === undefined ? null : String(incident.count),
  };
  const parameters = Object.entries(fields).flatMap(([name, value]) =>
    value === null ? [] : [` ${name}="${value.slice(0, 100).replace(/["\\\]]/g, '\\$&')}"`],
  );
  return `[${SD_ID}${parameters.join('')}]`;
}

/** Whole characters only. */
function cut(text: string, most: number): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= most) return text;
  return new TextDecoder().decode(bytes.subarray(0, most)).replace(/\ufffd$/, '');
}

function sendDatagrams(lines: readonly string[], { host, port }: SyslogSettings): Promise<void> {
  const socket = createSocket({ type: host.includes(':') ? 'udp6' : 'udp4' });
  return new Promise<void>((done, fail) => {
    socket.once('error', fail);
    // Connected, so that a machine where nobody listens can say so.
    socket.connect(port, host, () => {
      for (const line of lines) socket.send(line);
      setTimeout(done, ANSWER_MS.udp);
    });
  }).finally(() => socket.close());
}

function sendStream(
  lines: readonly string[],
  { host, port, protocol }: SyslogSettings,
  signal: AbortSignal,
): Promise<void> {
  const socket: Socket =
    protocol === 'tls' ? connectTls({ host, port, servername: host }) : connectTcp({ host, port });
  const stop = (): void => {
    socket.destroy(new Error('no answer in time'));
  };
  signal.addEventListener('abort', stop, { once: true });
  return new Promise<void>((done, fail) => {
    socket.once('error', fail);
    socket.once(protocol === 'tls' ? 'secureConnect' : 'connect', () => {
      socket.end(lines.map((line) => `${Buffer.byteLength(line)} ${line}`).join(''));
    });
    // Whoever has read everything closes, too; one that does not has taken it all the same.
    socket.once('finish', () => socket.setTimeout(ANSWER_MS.stream, () => done()));
    socket.once('close', () => done());
    socket.resume();
  }).finally(() => {
    signal.removeEventListener('abort', stop);
    socket.destroy();
  });
}
