// Mail, by a server or by the machine's own sendmail: plain text, marked as made by a program, one thread a group.
import { connect, type Socket } from 'node:net';
import { createTransport, type SendMailOptions } from 'nodemailer';
import { systemCode } from '../../lib/errors.ts';
import type { Notice } from '../alert.ts';
import { type Channel, type Message, type Outcome, SENT } from './channel.ts';
import { plainText } from './plain.ts';
import { runProgram } from './run-program.ts';
import type { MailSettings } from './settings.ts';

const CONNECT_MS = 5000;
const SILENCE_MS = 9000;

export function openMail(settings: MailSettings): Channel {
  return settings.server === null ? bySendmail(settings) : byServer(settings, settings.server);
}

export function mailOf({ notice, text }: Message, { from, to }: MailSettings): SendMailOptions {
  const group = messageId('group', notice.group, notice);
  return {
    from,
    to: [...to],
    subject: `[oclog] ${text.headline}`,
    text: plainText(text),
    date: new Date(notice.at),
    // The same when it is sent again: a mailbox shows it once.
    messageId: messageId('notice', notice.id, notice),
    references: group,
    inReplyTo: group,
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'X-Oclog-Id': notice.id,
      'X-Oclog-State': notice.state,
      'X-Oclog-Severity': notice.severity,
    },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function messageId(kind: string, id: string, { host }: Notice): string {
  const domain = /^[A-Za-z0-9][A-Za-z0-9.-]{0,200}$/.test(host) ? host : 'oclog.invalid';
  return `<oclog.${kind}.${id}@${domain}>`;
}

function byServer(settings: MailSettings, server: NonNullable<MailSettings['server']>): Channel {
  const { host, port, security, user, password } = server;
  // The library lets go of a connection only when it is silent for long: ours can be ended.
  const sockets = new Set<Socket>();
  const ours = (
    _: unknown,
    done: (error: Error | null, socket?: { readonly connection: Socket }) => void,
  ): void => {
    const socket = connect({ host, port });
    sockets.add(socket);
    const failed = (error: Error | boolean): void =>
      done(typeof error === 'boolean' ? new Error('the connection was closed') : error);
    socket.setTimeout(CONNECT_MS, () => socket.destroy(new Error('no connection in time')));
    socket.once('error', failed);
    socket.once('close', failed);
    socket.once('connect', () => {
      socket.setTimeout(0);
      socket.off('error', failed).off('close', failed);
      done(null, { connection: socket });
    });
  };
  const options = {
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    ...(user === null ? {} : { auth: { user, pass: password?.reveal() ?? '' } }),
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
    getSocket: ours,
  } as const;
  const transport = createTransport(options);
  return {
    async send(message) {
      try {
        const { rejected } = await transport.sendMail(mailOf(message, settings));
        if (rejected.length === 0) return SENT;
        return {
          kind: 'sent',
          detail: `the server took it, but not for ${rejected.length} of the recipients`,
        };
      } catch (error) {
        return outcomeOf(error);
      }
    },
    async close() {
      transport.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** SMTP says 4xx for now and 5xx for good; without an answer nobody was reached. Throws what is no error of SMTP. */
function outcomeOf(error: unknown): Outcome {
  if (typeof error !== 'object' || error === null || !('message' in error)) throw error;
  const responseCode = 'responseCode' in error ? error.responseCode : null;
  const code = systemCode(error);
  const detail = code === undefined ? String(error.message) : `${code}: ${String(error.message)}`;
  if (typeof responseCode === 'number' && responseCode >= 500) return { kind: 'refused', detail };
  const isForThisOne = code === 'EENVELOPE' || code === 'EMESSAGE';
  return { kind: 'failed', detail, retryAfterMs: null, isDown: !isForThisOne };
}

function bySendmail(settings: MailSettings): Channel {
  const composer = createTransport({ streamTransport: true, buffer: true, newline: 'unix' });
  return {
    async send(message, signal) {
      const { message: mail } = await composer.sendMail(mailOf(message, settings));
      if (!Buffer.isBuffer(mail)) throw new TypeError('a mail that is no buffer');
      return await runProgram([settings.sendmail, '-t', '-i'], mail, signal);
    },
    async close() {
      composer.close();
    },
  };
}
