/** What runbooks say, as an answer: their own words as a quote, ours around it. */
import { countOf, joinWords } from '../../facts/render.ts';
import { type Citation, placeOf } from '../../runbook/citation.ts';
import { DOUBT_FLOOR } from '../../runbook/fuse.ts';
import { bodyOf, plain, strong } from '../answer/spans.ts';
import type { AnswerBody } from '../answer-body.ts';

interface Match {
  citation: Citation;
  score: number;
  isOverdue: boolean;
}

/**
 * @param matches one at least, best first.
 * @param nearest named beside them, unquoted: one of them may be what was meant.
 */
export function runbookBody(matches: readonly Match[], nearest: readonly Match[]): AnswerBody {
  const [best, ...others] = matches;
  const overdue = matches.filter(({ isOverdue }) => isOverdue);
  return bodyOf(best === undefined ? [] : [strong(titleOf(best.citation)), plain(' covers this.')], {
    sentences:
      overdue.length === 0
        ? []
        : [[plain(`${overdueWords(overdue)} past the day for looking it over: check before you follow it.`)]],
    quotes: best === undefined ? [] : [best.citation.excerpt],
    besides: [
      ...(others.length === 0 ? [] : [[plain(`See also ${namesOf(others, best)}.`)]]),
      ...(nearest.length === 0 ? [] : [[plain(`Near it: ${namesOf(nearest, best)}.`)]]),
    ],
    context: [
      ...new Set(
        matches.map(({ citation }) => `runbook ${citation.runbook.number}, version ${citation.runbook.version}`),
      ),
      'quoted from the runbook, not checked by me',
    ],
    links: matches.flatMap(({ citation }, index) =>
      citation.link === null ? [] : [{ label: nameOf(citation, index === 0 ? undefined : best), url: citation.link }],
    ),
    sections: [...matches, ...nearest].map(sectionOf),
    rows: matches.map(({ citation, score }) => ({
      runbook: citation.runbook.number,
      title: citation.runbook.title,
      version: citation.runbook.version,
      headings: [...citation.headings],
      anchor: citation.anchor,
      link: citation.link,
      excerpt: citation.excerpt,
      score: Number(score.toFixed(3)),
    })),
  });
}

const sectionOf = ({ citation: { runbook, headings, anchor } }: Match) => ({
  label: headings.at(-1) ?? runbook.title,
  number: runbook.number,
  anchor,
});

const titleOf = ({ runbook, headings }: Pick<Citation, 'runbook' | 'headings'>): string =>
  placeOf({ runbook, headings }).replace(`, version ${runbook.version}`, '');

/** Beside a section of the same runbook headings say enough. */
function nameOf({ runbook, headings }: Citation, beside: Match | undefined): string {
  const under = headings.filter((heading) => heading !== runbook.title);
  const isSame = runbook.number === beside?.citation.runbook.number;
  return isSame && under.length > 0 ? under.join(' › ') : titleOf({ runbook, headings });
}

/** In quotes, as a heading may have an "and" of its own. */
const namesOf = (matches: readonly Match[], beside?: Match): string =>
  joinWords(matches.map(({ citation }) => `“${nameOf(citation, beside)}”`));

function overdueWords(overdue: readonly Match[]): string {
  const titles = [...new Set(overdue.map(({ citation }) => citation.runbook.title))];
  return titles.length === 1 ? `${titles[0]} is` : `${titles.join(' and ')} are`;
}

/** An answer that asks back, with the section that covers what was said to read beside it. */
export const offerRunbook = (body: AnswerBody, [best]: readonly Match[]): AnswerBody =>
  best === undefined
    ? body
    : { ...body, besides: [[plain(`A runbook may help: ${namesOf([best])}.`)]], sections: [sectionOf(best)] };

/**
 * @param known how many runbooks the readers may read, how often this was asked for, and the sections that come nearest,
 * of which nothing is quoted: whoever looks at one decides.
 */
export function uncoveredBody({
  runbooks,
  times,
  nearest,
}: {
  runbooks: number;
  times: number;
  nearest: readonly Match[];
}): AnswerBody {
  const followUps = [{ label: 'What to fix first', question: 'what should we fix first?' }];
  if (runbooks === 0)
    return bodyOf(
      [
        strong('There are no runbooks yet.'),
        plain(' Approvers and admins add one by dropping a Markdown, text or PDF file into a direct message to me.'),
      ],
      { followUps },
    );
  const noted =
    times > 1
      ? `It was asked for ${times} times in the past 30 days; I have noted it.`
      : 'I have noted that it was asked for.';
  const looked = plain(` I looked in ${countOf(runbooks, 'runbook')}.`);
  if (nearest.length === 0)
    return bodyOf([strong('No runbook covers this.'), looked], {
      sentences: [[plain(noted)]],
      followUps,
    });
  const isDoubtful = nearest.some(({ score }) => score >= DOUBT_FLOOR);
  const headline = isDoubtful ? 'I am not sure that any runbook covers this.' : 'No runbook seems to cover this.';
  return bodyOf([strong(headline), looked], {
    sentences: [[plain(`Nearest: ${namesOf(nearest)}.`)], [plain(noted)]],
    sections: nearest.map(sectionOf),
    followUps,
  });
}
