// The outbox as the command line opens it: with the machine's clock, chance and network, and the words of our reports.
import { hostname } from 'node:os';
import type { ChannelSettings } from '../alerts/channels/settings.ts';
import { Outbox } from '../alerts/outbox/outbox.ts';

/** `host` is the name under which findings are reported; that of this machine if it is not given. */
export function openOutbox(
  stateDir: string,
  channels: readonly ChannelSettings[],
  host: string = hostname(),
): Outbox {
  return new Outbox(stateDir, channels, {
    host,
    now: Date.now,
    random: Math.random,
    timeout: (ms) => AbortSignal.timeout(ms),
    // Loaded here: most runs have nothing to deliver.
    open: async (settings) => (await import('../alerts/channels/open.ts')).openChannel(settings, Date.now),
    describe: async (notice) => (await import('../reports/notice-text.ts')).noticeText(notice),
  });
}
