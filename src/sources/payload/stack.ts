import { type Fields, fieldsOf, listOf, numberAt, textAt } from './fields.ts';

const MAX_FRAMES = 50;

/** An error as Sentry and PostHog describe one: `type`, `value` and a stack of frames, the oldest call first. */
export interface DescribedError {
  /** `TypeError: x is not a function` */
  message: string | null;
  /** As JavaScript prints one, with the frames of the application alone where those are marked. */
  stack: string | null;
}

export function describeError(exception: unknown): DescribedError {
  const type = textAt(exception, 'type');
  const value = textAt(exception, 'value');
  const message = type === null || value?.startsWith(type) ? value : [type, value].filter(Boolean).join(': ');
  const frames = listOf(fieldsOf(fieldsOf(exception).stacktrace).frames)
    .slice(-MAX_FRAMES)
    .toReversed()
    .map(fieldsOf);
  const own = frames.filter((frame) => frame.in_app === true || frame.inApp === true);
  const lines = (own.length > 0 ? own : frames).flatMap(lineOf);
  const headline = (message ?? type ?? 'Error').split('\n', 1)[0] ?? '';
  return { message: message ?? type, stack: lines.length === 0 ? null : [headline, ...lines].join('\n') };
}

function lineOf(frame: Fields): string[] {
  const file = textAt(frame, 'filename', 'abs_path', 'absPath', 'module')?.replace(/[\s()]+/g, '_');
  if (file === undefined) return [];
  const call = (textAt(frame, 'function') ?? '<anonymous>').replace(/[\s()]+/g, ' ');
  const line = numberAt(frame, 'lineno', 'lineNo') ?? 0;
  const column = numberAt(frame, 'colno', 'colNo') ?? 0;
  return [`    at ${call} (${file}:${Math.abs(Math.trunc(line))}:${Math.abs(Math.trunc(column))})`];
}
