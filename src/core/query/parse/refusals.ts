/** What is never answered, whoever asks and for whatever purpose. */
import type { QuestionSetting, Reason } from '../reading.ts';
import { clausesOf } from './clauses.ts';
import { undisguised } from './disguise.ts';
import { asksHowTo, withoutNewSecret } from './how-to.ts';
import { findOutOfScope } from './out-of-scope.ts';
import { ASKS_RUNBOOKS } from './phrases/runbook.ts';
import { findPrivate } from './private-data.ts';
import { readSentence, type Sentence } from './sentence.ts';
import { isWriteRequest } from './write-requests.ts';

export interface Refusal {
  reason: Extract<Reason, 'private_data' | 'write_request' | 'out_of_scope'>;
  /** What it is about, in plain words. */
  about: string;
}

const SQL_WRITE =
  /\b(?:(?:drop|truncate|alter|create)\s+(?:table|database|schema|index|view|role|user|function|extension)|delete\s+from|insert\s+into|update\s+[\w."]+\s+set|grant\s+\w+\s+(?:on|to)|revoke\s+\w+\s+(?:on|from)|truncate\s+\w+|merge\s+into|copy\s+\w+\s+(?:to|from)|vacuum|exec(?:ute)?\s*\(|xp_cmdshell|pg_sleep|drop\s+(?:the\s+)?(?:events|tickets|errors|users|accounts|data\w*|settings|audit\w*)(?:\s+table)?)\b/i;
const SQL_READ =
  /\bselect\b[\s\S]{1,400}\bfrom\b\s+[\w."(]+|\bunion\s+(?:all\s+)?select\b|\bor\s+1\s*=\s*1\b|;\s*--|\binformation_schema\b|\bpg_(?:catalog|tables|user|shadow|stat\w*)\b|\bshow\s+tables\b|\b(?:write|run|execute|generate|give me|show me)\s+(?:me\s+)?(?:an?\s+|the\s+|this\s+|some\s+|raw\s+)*(?:sql|queries?\s+in\s+sql|postgres)\b|\bselect\s+\*|\bselect\s+\w+\s*\(|\bpg_\w+\s*\(|\b(?:schema|columns|tables)\s+(?:of|in)\s+(?:the|your)\s+(?:database|db)\b/i;
const SQL_PEOPLE = /\b(?:e?-?mails?|users?|names?|phones?|passwords?|contacts?|people|persons?|address(?:es)?)\b/i;

/** Why the question is not answered; undefined when nothing speaks against it. Disguised words count as what they hide. */
export function findRefusal(question: string, sentence: Sentence, setting: QuestionSetting): Refusal | undefined {
  if (/<@[UW][A-Z0-9]+/.test(question)) return { reason: 'private_data', about: "one person's activity" };
  const plainer = undisguised(question);
  const found = refusalOf(sentence, setting);
  return found ?? (plainer === question ? undefined : refusalOf(readSentence(plainer, setting), setting));
}

function refusalOf(sentence: Sentence, setting: QuestionSetting): Refusal | undefined {
  const { vocabulary } = setting;
  const { text, raw } = sentence;
  const writes = SQL_WRITE.test(text);
  if (SQL_READ.test(text) && !writes)
    return SQL_PEOPLE.test(text) && !/\bcount\s*\(/i.test(text)
      ? { reason: 'private_data', about: 'SQL' }
      : { reason: 'out_of_scope', about: 'SQL' };
  // How something is done may be asked, where nothing else is: nothing is done by asking.
  const isHowTo = asksHowTo(sentence) && clausesOf(sentence).length === 1;
  const personal = findPrivate(isHowTo ? readSentence(withoutNewSecret(text), setting) : sentence, vocabulary);
  if (personal !== undefined) return { reason: 'private_data', about: personal };
  if (writes) return { reason: 'write_request', about: 'SQL' };
  if (!isHowTo && isWriteRequest(sentence, vocabulary)) return { reason: 'write_request', about: 'changes' };
  const about = isHowTo || ASKS_RUNBOOKS.test(sentence.whole) ? undefined : findOutOfScope(raw, text);
  return about === undefined ? undefined : { reason: 'out_of_scope', about };
}
