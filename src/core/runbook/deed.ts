/**
 * What a question asks to be done: "how do I rename …", "add a …", "customer wants to change …". A runbook of the same
 * thing that says nothing of doing so does not cover it. Remedies of trouble ("fix", "restart") are not told apart: who
 * asks how to fix something is helped by whatever stands of it.
 */
import { plainWords, stemOf } from './words.ts';

const REQUESTS: ReadonlySet<string> = new Set(
  plainWords(`add change rename set build create upgrade migrate train translate book schedule subscribe install setup
  swap merge transfer extend approve hire launch design pin edit configure join restore renew rotate issue`).map(
    stemOf,
  ),
);
const LEAD_INS: readonly string[] = ['how to', 'steps to', 'wants to', 'want to', 'needs to', 'need to', 'want us to']
  .concat(['do', 'can', 'should', 'may', 'must'].flatMap((verb) => ['i', 'we', 'you'].map((who) => `${verb} ${who}`)))
  .map((words) => ` ${words} `);

/** @returns the verb as it was written, or undefined where nothing of the kind is asked. */
export function deedIn(question: string): string | undefined {
  const words = plainWords(question);
  const [first] = words;
  if (first === undefined || REQUESTS.has(stemOf(first))) return first;
  const text = ` ${words.join(' ')} `;
  const after = LEAD_INS.flatMap((lead) => {
    const at = text.indexOf(lead);
    return at < 0 ? [] : [text.slice(at + lead.length).split(' ')[0] ?? ''];
  });
  return after.find((word) => REQUESTS.has(stemOf(word)));
}
