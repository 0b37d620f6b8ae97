import type { RunbookText } from '../../src/core/runbook/document.ts';

/** A runbook as it is stored, for everybody, with one section for each text; its content is its own by title and texts. */
export function runbookText(title: string, texts: readonly string[], changes: Partial<RunbookText> = {}): RunbookText {
  const key = `${title.toLowerCase().replaceAll(' ', '-')}.md`;
  return {
    ...{ title, owner: null, url: null, reviewBy: null, reviewed: null, channels: [], groups: [], keywords: [] },
    ...{ key, fileName: key, media: 'markdown', contentHash: [title, ...texts].join('\n'), bytes: 10, pages: null },
    sections: texts.map((text, at) => ({ headings: [`Part ${at}`], anchor: `part-${at}`, page: null, text })),
    ...changes,
  };
}
