/** What the buttons under an answer carry: ids, and of a button that asks its question. Never figures or rows. */
import { z } from 'zod';

/** A button that asks: its question, after the answer of that receipt (null where nothing was computed). */
export interface QuestionValue {
  receipt: string | null;
  question: string;
}

/** A button about the answer itself; people by the platform's ids. */
export interface AnswerValue {
  receipt: string;
  /** Who shared it into the channel. */
  sharedBy: string | null;
  /** Who asked it with a button. */
  askedBy: string | null;
}

const questionSchema = z.tuple([z.string().max(20).nullable(), z.string().min(1).max(1_900)]);
const ANSWER = /^([0-9A-Z]{8})(?:\.s([UW][A-Z0-9]{2,20}))?(?:\.a([UW][A-Z0-9]{2,20}))?$/;

export const encodeQuestion = ({ receipt, question }: QuestionValue): string => JSON.stringify([receipt, question]);

/** Undefined when the value is none of ours. */
export function decodeQuestion(value: string): QuestionValue | undefined {
  try {
    const parsed = questionSchema.safeParse(JSON.parse(value));
    return parsed.success ? { receipt: parsed.data[0], question: parsed.data[1] } : undefined;
  } catch {
    return undefined;
  }
}

export const encodeAnswer = ({ receipt, sharedBy, askedBy }: AnswerValue): string =>
  [receipt, ...(sharedBy === null ? [] : [`s${sharedBy}`]), ...(askedBy === null ? [] : [`a${askedBy}`])].join('.');

/** Undefined when the value is none of ours. */
export function decodeAnswer(value: string): AnswerValue | undefined {
  const [, receipt, sharedBy = null, askedBy = null] = ANSWER.exec(value) ?? [];
  return receipt === undefined ? undefined : { receipt, sharedBy, askedBy };
}
