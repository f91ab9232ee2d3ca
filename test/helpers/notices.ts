// Notices as checks make them, for whoever delivers them.
import type { Notice, Sighting } from '../../src/alerts/alert.ts';
import type { Message } from '../../src/alerts/channels/channel.ts';
import type { Routing } from '../../src/alerts/channels/settings.ts';
import { noticeText } from '../../src/reports/notice-text.ts';
import { AlertPlay, HOUR, MINUTE, sighting } from './alert-play.ts';

/** Everything that a medium could take for its own. */
export const HOSTILE =
  'a "quoted" \\back\\ ]bracket[ <!channel> <https://evil.test|here> & *bold* _it_ `code` [link](https://evil.test) ünïcödé';

const ADVICE = {
  summary: 'Make a new key.',
  why: 'AWS does not know this one.',
  steps: [
    {
      do: 'Create a key.',
      where: 'aws-console',
      run: null,
      expect: 'A key.',
      source: 'KB 442985, Resolution 1',
    },
    { do: 'Ask AWS.', where: 'vna-server', run: 'aws sts get-caller-identity', expect: null, source: null },
  ],
  verify: [{ do: 'Scan again.', run: 'oclog scan --since 10m', expect: 'no fault found' }],
  links: [{ title: 'IAM User Guide', url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/' }],
} as const;

export function hostileSighting(fields: Partial<Sighting> = {}): Sighting {
  return sighting({ message: HOSTILE, path: '/opt/vna log/oc.log', advice: ADVICE, ...fields });
}

function single(notices: readonly Notice[]): Notice {
  const [notice] = notices;
  if (notice === undefined || notices.length > 1) throw new Error(`${notices.length} notices`);
  return notice;
}

export function firing(...seen: readonly Sighting[]): Notice {
  return single(new AlertPlay().run(0, seen.length === 0 ? [hostileSighting()] : seen).notices);
}

/** The same fault: as it began, and as it was over. */
export function firingAndQuiet(): readonly [Notice, Notice] {
  const play = new AlertPlay();
  const began = single(play.run(0, [hostileSighting()]).notices);
  play.run(10 * MINUTE);
  return [began, single(play.run(HOUR).notices)];
}

export function messageOf(notice: Notice): Message {
  return { notice, text: noticeText(notice) };
}

export const ALL: Routing = {
  name: 'one',
  minSeverity: 'info',
  sendResolved: true,
  sendRepeats: true,
  codes: null,
};
