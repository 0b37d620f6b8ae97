import { countOf } from '../../core/facts/render.ts';
import { formatLength } from '../../core/incident/incident-words.ts';
import { ConflictError } from '../../errors.ts';
import type { SlackCommand } from '../command.ts';
import { isDirect } from '../send.ts';
import { mention } from '../views/mention.ts';
import { buildNotice } from '../views/notice.ts';

const MOST = 200;

export const resumeCommand: SlackCommand = {
  name: 'resume',
  usage: '',
  summary: 'Let actions run again after a stop, for approvers and admins',
  purpose: 'I could not let actions run again',
  isMeant: (text) => text === '',
  async run({ user, channel }, { stop, stores, clock }) {
    const held = await stop.get();
    try {
      await stop.resume({ actor: user, channel: isDirect(channel) || channel === '' ? null : channel });
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
      return buildNotice('Nothing is stopped: actions run once they are approved.');
    }
    const approved = await stores.proposals.list('approved', MOST);
    const waiting = approved.filter(({ execution }) => execution?.state === 'queued').length;
    const was = held
      ? ` They were stopped by ${mention(held.stoppedBy)} for ${formatLength(clock() - held.stoppedAt)}.`
      : '';
    const next =
      waiting === 0
        ? 'None was waiting'
        : `${countOf(waiting, 'approved action')} waited and begin${waiting === 1 ? 's' : ''} now`;
    return buildNotice(`*Actions run again.* ${next}; each is looked at once more before it begins.${was}`);
  },
};
