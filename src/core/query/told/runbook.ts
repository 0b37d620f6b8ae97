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
    sentences: [
      ...others.map(({ citation }, index) => [plain(`${index === 0 ? 'See also' : 'And'} ${titleOf(citation)}.`)]),
      ...(nearest.length === 0 ? [] : [[plain(`Near it: ${namesOf(nearest)}.`)]]),
      ...(overdue.length === 0
        ? []
        : [[plain(`${overdueWords(overdue)} past the day for looking it over: check before you follow it.`)]]),
    ],
    quotes: best === undefined ? [] : [best.citation.excerpt],
    context: [
      ...new Set(
        matches.map(({ citation }) => `runbook ${citation.runbook.number}, version ${citation.runbook.version}`),
      ),
      'quoted from the runbook, not checked by me',
    ],
    links: matches.flatMap(({ citation: { link, ...at } }) =>
      link === null ? [] : [{ label: titleOf(at), url: link }],
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

const namesOf = (matches: readonly Match[]): string => joinWords(matches.map(({ citation }) => titleOf(citation)));

function overdueWords(overdue: readonly Match[]): string {
  const titles = [...new Set(overdue.map(({ citation }) => citation.runbook.title))];
  return titles.length === 1 ? `${titles[0]} is` : `${titles.join(' and ')} are`;
}

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
  const asked = times > 1 ? `It was asked for ${times} times in the past 30 days` : 'It was asked for';
  const looked = plain(` I looked in ${countOf(runbooks, 'runbook')}.`);
  if (nearest.length === 0)
    return bodyOf([strong('No runbook covers this.'), looked], {
      sentences: [[plain(`${asked}; I have noted it.`)]],
      followUps,
    });
  const isDoubtful = nearest.some(({ score }) => score >= DOUBT_FLOOR);
  const headline = isDoubtful ? 'I am not sure that any runbook covers this.' : 'No runbook seems to cover this.';
  return bodyOf([strong(headline), looked], {
    sentences: [[plain(`Nearest: ${namesOf(nearest)}.`)], [plain(`${asked}; I have noted it.`)]],
    sections: nearest.map(sectionOf),
    followUps,
  });
}
