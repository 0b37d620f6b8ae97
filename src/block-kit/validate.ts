/** Checks blocks as Slack does: what would come back as `invalid_blocks`, with a JSON pointer for each fault. */
import type { z } from 'zod';
import { BLOCK_SCHEMAS } from './block-schema.ts';
import { BLOCK_SURFACES, type BlockType, LIMITS, type Surface } from './limits.ts';

export interface BlockFault {
  /** JSON pointer into the payload, e.g. `/blocks/0/text/text`. */
  pointer: string;
  message: string;
}

type Path = readonly PropertyKey[];
type JsonRecord = Record<string, unknown>;

export const isRecord = (value: unknown): value is JsonRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isBlockType = (type: string): type is BlockType => Object.hasOwn(BLOCK_SCHEMAS, type);

const toPointer = (path: Path): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

function faultOf(issue: z.core.$ZodIssue, at: Path): BlockFault[] {
  const path = [...at, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ pointer: toPointer(path), message: `invalid additional property: ${key}` }));
  }
  if (issue.code === 'invalid_union') return [{ pointer: toPointer(path), message: 'unsupported type' }];
  const missing = issue.code === 'invalid_type' && issue.message.endsWith('received undefined');
  return [{ pointer: toPointer(path), message: missing ? 'missing required field' : issue.message }];
}

/** A failed parse as faults, pointers from where `at` says. */
export const faultsOf = (error: z.ZodError, at: Path = []): BlockFault[] =>
  error.issues.flatMap((issue) => faultOf(issue, at));

/**
 * Every fault of a `blocks` array on a surface; an empty list means Slack would take it.
 * @param blocks anything: what an app put under `blocks`
 */
export function validateBlocks(blocks: unknown, surface: Surface): BlockFault[] {
  if (!Array.isArray(blocks)) return [{ pointer: '/blocks', message: 'must be an array' }];
  const most = LIMITS.blocksPer[surface];
  const faults: BlockFault[] = [];
  if (blocks.length > most) faults.push({ pointer: '/blocks', message: `no more than ${most} items allowed` });
  for (const [index, block] of blocks.entries()) faults.push(...validateBlock(block, ['blocks', index], surface));
  return [...faults, ...findRepeatedIds(blocks), ...checkTotals(blocks)];
}

function validateBlock(block: unknown, at: Path, surface: Surface): BlockFault[] {
  if (!isRecord(block)) return [{ pointer: toPointer(at), message: 'must be an object' }];
  const { type } = block;
  if (typeof type !== 'string') return [{ pointer: toPointer([...at, 'type']), message: 'missing required field' }];
  if (!isBlockType(type)) return [{ pointer: toPointer([...at, 'type']), message: `unsupported type: ${type}` }];
  const surfaces: readonly Surface[] = BLOCK_SURFACES[type];
  if (!surfaces.includes(surface)) {
    return [
      { pointer: toPointer([...at, 'type']), message: `unsupported type: ${type} is not available in a ${surface}` },
    ];
  }
  const parsed = BLOCK_SCHEMAS[type].safeParse(block);
  return parsed.success ? [] : faultsOf(parsed.error, at);
}

/** A block_id may appear once per payload, an action_id once per block. */
function findRepeatedIds(blocks: readonly unknown[]): BlockFault[] {
  const faults: BlockFault[] = [];
  const seen = new Set<unknown>();
  for (const [index, block] of blocks.entries()) {
    if (!isRecord(block)) continue;
    if (block.block_id !== undefined && seen.has(block.block_id)) {
      faults.push({ pointer: `/blocks/${index}/block_id`, message: `block_id "${block.block_id}" already exists` });
    }
    seen.add(block.block_id);
    const actions = new Set<unknown>();
    for (const [position, element] of (Array.isArray(block.elements) ? block.elements : []).entries()) {
      if (!isRecord(element) || element.action_id === undefined) continue;
      if (actions.has(element.action_id)) {
        faults.push({
          pointer: `/blocks/${index}/elements/${position}/action_id`,
          message: `action_id "${element.action_id}" already exists`,
        });
      }
      actions.add(element.action_id);
    }
  }
  return faults;
}

/** Limits that run over the whole payload: charts, tables, Markdown. */
function checkTotals(blocks: readonly unknown[]): BlockFault[] {
  const ofType = (...types: string[]) =>
    blocks.filter((block): block is JsonRecord => isRecord(block) && types.includes(String(block.type)));
  const faults: BlockFault[] = [];
  const fault = (message: string) => faults.push({ pointer: '/blocks', message });
  if (ofType('data_visualization').length > LIMITS.chart.perMessage) {
    fault(`no more than ${LIMITS.chart.perMessage} data_visualization blocks allowed`);
  }
  if (ofType('table').length > LIMITS.table.perMessage) fault('only_one_table_allowed');
  if (sum(ofType('table', 'data_table').map((block) => countText(block.rows))) > LIMITS.table.characters) {
    fault(`table cells must hold no more than ${LIMITS.table.characters} characters in all`);
  }
  const markdown = ofType('markdown');
  if (markdown.length > 1 && sum(markdown.map(countText)) > LIMITS.markdown) {
    fault(`markdown blocks must hold no more than ${LIMITS.markdown} characters in all`);
  }
  return faults;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Characters a reader sees: every `text`, `title`, `label` and `alt_text` string below a value. */
export function countText(value: unknown): number {
  if (Array.isArray(value)) return sum(value.map(countText));
  if (!isRecord(value)) return 0;
  return sum(
    Object.entries(value).map(([key, part]) =>
      typeof part === 'string' ? (READ_KEYS.has(key) ? part.length : 0) : countText(part),
    ),
  );
}

const READ_KEYS = new Set(['text', 'title', 'label', 'alt_text', 'caption', 'name']);
