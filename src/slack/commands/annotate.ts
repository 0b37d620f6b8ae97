import { readAnnotationRequest } from '../../core/annotation-request.ts';
import { formatMoment } from '../../core/facts/render.ts';
import { redact } from '../../core/text/redact.ts';
import { SeepassError } from '../../errors.ts';
import type { SlackCommand } from '../command.ts';
import { declarerOf } from '../declarer.ts';
import { quote } from '../mrkdwn.ts';
import { buildNotice } from '../views/notice.ts';

export const annotateCommand: SlackCommand = {
  name: 'annotate',
  usage: '<what happened> [on <page>] [at <time>]',
  summary: 'Mark a moment, so that a why can point at it. `/seepass annotate web@1.42.0 deployed at 13:41`',
  purpose: 'I could not note that',
  async run({ text, user, channel }, deps) {
    const { timezone, stores } = deps;
    const read = readAnnotationRequest(text, { now: deps.clock(), zone: timezone });
    if ('fault' in read)
      throw new SeepassError('bad_arguments', read.fault, {
        fix: 'For example `/seepass annotate web@1.42.0 deployed on /checkout* at 13:41`.',
      });
    const { annotation } = read;
    const kept = await stores.annotations.add(
      { ...annotation, text: redact(annotation.text) },
      await declarerOf(deps, user, channel),
    );
    const where = kept.surface_pattern === null ? 'every page' : quote(kept.surface_pattern, 200);
    return buildNotice(
      `Noted for ${where}, ${formatMoment(kept.at, timezone)} ${quote(timezone, 60)}: "${quote(kept.text, 300)}". ` +
        'Answers to why, and what is told of these pages, can point at it.',
    );
  },
};
