import { countOf, formatCount, formatPercent } from '../../core/facts/render.ts';
import type { AlertRule, RuleChange } from '../../core/incident/alert-rule.ts';
import { metricNoun } from '../../core/incident/incident-words.ts';
import { section } from './elements.ts';
import { mention } from './mention.ts';
import { buildNotice, type Rendered } from './notice.ts';

/** Told once in every channel with alerts, when a rule goes quiet or speaks up again. */
export function buildRuleChange(change: RuleChange): Rendered {
  const { metric, isDemoted, by } = change;
  const what = `*Alerts about ${metricNoun(metric)}*`;
  if (by !== null) return buildNotice(`${what} are back: ${mention(by)} restored them, and they are judged anew.`);
  if (!isDemoted) return buildNotice(`${what} are back: ${judgedWords(change)}.`);
  return buildNotice(
    `${what} are told in the digest only from now on: ${judgedWords(change)}. ` +
      `They come back when they are useful again, or when an admin says \`/seepass rules restore ${metric}\`.`,
  );
}

/** Every rule, what people said of its alerts, and whether it may interrupt. */
export function buildRuleList(rules: readonly AlertRule[]): Rendered {
  const lines = rules.map((rule) => {
    const where = rule.isDemoted ? 'told in the digest only' : 'posts alerts';
    return `• *${metricNoun(rule.metric)}* (\`${rule.metric}\`): ${where}; ${judgedWords(rule)}`;
  });
  return {
    text: 'What alerts are worth, by what people said of them',
    blocks: [
      section(`*What alerts are worth, by what people said of them*\n${lines.join('\n')}`),
      section(
        'Useful is an incident that somebody took or resolved, false one that was closed as a false alarm. ' +
          'An item of a digest counts once for its day, by what most people pressed under it, unless its incident was ' +
          'judged. A rule with eight or more, of which too few were useful, is told in the digest only.',
      ),
    ],
  };
}

function judgedWords({ precision: { useful, false: wrong, precision }, inDigests }: AlertRule): string {
  const judged = useful + wrong;
  if (precision === null) return 'nobody has judged one yet';
  const voted = inDigests.useful + inDigests.false;
  const where = voted === 0 ? '' : voted === judged ? ', all in digests' : `, ${formatCount(voted)} of them in digests`;
  return `${useful} of ${countOf(judged, 'judged one')} ${useful === 1 ? 'was' : 'were'} useful (${formatPercent(precision)})${where}`;
}
