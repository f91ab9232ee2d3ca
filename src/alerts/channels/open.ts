// A channel by its settings; each is loaded when it is first needed.
import type { Channel } from './channel.ts';
import type { ChannelSettings } from './settings.ts';

/** `now` in milliseconds. */
export async function openChannel(settings: ChannelSettings, now: () => number): Promise<Channel> {
  switch (settings.type) {
    case 'mail':
      return (await import('./mail.ts')).openMail(settings);
    case 'webhook':
      return (await import('./webhook.ts')).openWebhook(settings, now);
    case 'slack':
      return (await import('./slack.ts')).openSlack(settings);
    case 'teams':
      return (await import('./teams.ts')).openTeams(settings);
    case 'pagerduty':
      return (await import('./pagerduty.ts')).openPagerDuty(settings);
    case 'alertmanager':
      return (await import('./alertmanager.ts')).openAlertmanager(settings, now);
    case 'syslog':
      return (await import('./syslog.ts')).openSyslog(settings);
    case 'command':
      return (await import('./command.ts')).openCommand(settings);
  }
}
