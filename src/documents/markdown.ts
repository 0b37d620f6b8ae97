import { fromMarkdown } from 'mdast-util-from-markdown';
import { toString as textOf } from 'mdast-util-to-string';
import { parse } from 'yaml';
import type { Passage } from '../core/runbook/document.ts';
import { SeepassError } from '../errors.ts';

const FRONT_MATTER = /^---[ \t]*\n([\s\S]*?)\n---[ \t]*(?:\n|$)/;

/**
 * Passages of a Markdown file under their headings, with what its front matter says. What stands under a heading is
 * kept as it was written: commands and lists are read by people.
 * @throws SeepassError `bad_input` where the front matter is no YAML.
 */
export function readMarkdown(source: string, fileName: string): { frontMatter: unknown; passages: Passage[] } {
  const written = source.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const front = FRONT_MATTER.exec(written);
  const body = front ? written.slice(front[0].length) : written;
  return { frontMatter: parseFrontMatter(front?.[1] ?? '', fileName), passages: passagesOf(body) };
}

function parseFrontMatter(source: string, fileName: string): unknown {
  try {
    // Aliases would let a small file unfold into a huge one.
    return parse(source, { maxAliasCount: 0 }) ?? {};
  } catch (cause) {
    throw new SeepassError('bad_input', `The front matter of ${fileName} is not YAML.`, {
      fix: 'Mend what stands between its first two lines of ---, or take it out.',
      cause,
    });
  }
}

function passagesOf(body: string): Passage[] {
  const passages: Passage[] = [];
  let path: { depth: number; title: string }[] = [];
  let from = 0;
  /** A heading with nothing under it, not even another heading, says all there is. */
  const close = (until: number, nextDepth = 0) => {
    const under = path.at(-1);
    const isBare = under !== undefined && nextDepth <= under.depth;
    const text = body.slice(from, until).trim() || (isBare ? under.title : '');
    if (text !== '') passages.push({ headings: path.map(({ title }) => title), text, page: null });
  };
  for (const node of fromMarkdown(body).children) {
    if (node.type !== 'heading') continue;
    close(node.position?.start.offset ?? from, node.depth);
    const title = textOf(node).trim();
    path = [...path.filter(({ depth }) => depth < node.depth), ...(title === '' ? [] : [{ depth: node.depth, title }])];
    from = node.position?.end.offset ?? from;
  }
  close(body.length);
  return passages;
}
