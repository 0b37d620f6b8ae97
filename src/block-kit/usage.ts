/** How much of each of Slack's limits a message or view uses. */
import { type BlockType, LIMITS, type Surface } from './limits.ts';
import { countText, isRecord } from './validate.ts';

export interface LimitUse {
  /** In words: `blocks`, `section text`. */
  name: string;
  /** JSON pointer to what was measured. */
  pointer: string;
  used: number;
  limit: number;
}

/** The length of a text or a list found at `path`; `*` stands for every item of a list. */
interface Measure {
  name: string;
  path: string;
  /** Some depend on what they are a part of. */
  limit: number | ((owner: unknown) => number);
}

const measure = (name: string, path: string, limit: Measure['limit']): Measure => ({ name, path, limit });

const optionsOf = (element: unknown): number => {
  const type = isRecord(element) ? element.type : undefined;
  if (type === 'overflow') return LIMITS.overflowOptions.max;
  return type === 'radio_buttons' || type === 'checkboxes' ? LIMITS.choices : LIMITS.selectOptions;
};

const ELEMENT: readonly Measure[] = [
  measure('button text', 'text/text', LIMITS.buttonText),
  measure('button value', 'value', LIMITS.buttonValue),
  measure('link', 'url', LIMITS.url),
  measure('placeholder', 'placeholder/text', LIMITS.placeholder),
  measure('options', 'options', optionsOf),
  measure('option text', 'options/*/text/text', LIMITS.optionText),
  measure('option groups', 'option_groups', LIMITS.optionGroups),
  measure('confirm text', 'confirm/text/text', LIMITS.confirmText),
];
const elementsAt = (path: string): Measure[] =>
  ELEMENT.map((one) => measure(one.name, `${path}/${one.path}`, one.limit));

const CARD: readonly Measure[] = [
  measure('card title', 'title/text', LIMITS.card.title),
  measure('card subtitle', 'subtitle/text', LIMITS.card.subtitle),
  measure('card body', 'body/text', LIMITS.card.body),
  measure('card actions', 'actions', LIMITS.card.actions),
  ...elementsAt('actions/*'),
];

const MEASURES: Partial<Record<BlockType, readonly Measure[]>> = {
  actions: [measure('elements', 'elements', LIMITS.actionsElements), ...elementsAt('elements/*')],
  alert: [measure('alert text', 'text/text', LIMITS.alertText)],
  card: CARD,
  carousel: [
    measure('cards', 'elements', LIMITS.carouselCards),
    ...CARD.map((one) => measure(one.name, `elements/*/${one.path}`, one.limit)),
  ],
  container: [measure('children', 'child_blocks', LIMITS.container.children)],
  context: [
    measure('elements', 'elements', LIMITS.contextElements),
    measure('context text', 'elements/*/text', LIMITS.contextText),
  ],
  context_actions: [measure('elements', 'elements', LIMITS.contextActionsElements)],
  data_table: [
    measure('rows', 'rows', LIMITS.dataTable.rows),
    measure('columns', 'rows/0', LIMITS.dataTable.columns),
    measure('caption', 'caption', LIMITS.altText),
  ],
  data_visualization: [
    measure('chart title', 'title', LIMITS.chart.title),
    measure('categories', 'chart/axis_config/categories', LIMITS.chart.points),
    measure('series', 'chart/series', LIMITS.chart.series),
    measure('segments', 'chart/segments', LIMITS.chart.segments),
  ],
  header: [measure('header text', 'text/text', LIMITS.header)],
  image: [measure('alt text', 'alt_text', LIMITS.altText), measure('image title', 'title/text', LIMITS.imageTitle)],
  input: [measure('label', 'label/text', LIMITS.inputLabel), ...elementsAt('element')],
  markdown: [measure('markdown text', 'text', LIMITS.markdown)],
  plan: [measure('tasks', 'tasks', LIMITS.planTasks)],
  section: [
    measure('section text', 'text/text', LIMITS.sectionText),
    measure('fields', 'fields', LIMITS.sectionFields),
    measure('field text', 'fields/*/text', LIMITS.sectionField),
    ...elementsAt('accessory'),
  ],
  table: [measure('rows', 'rows', LIMITS.table.rows), measure('columns', 'rows/0', LIMITS.table.columns)],
};

interface Found {
  value: unknown;
  pointer: string;
  owner: unknown;
}

/** Everything at a path below a value, with its pointer and what it is a part of. */
function reach(value: unknown, path: readonly string[], pointer: string, owner?: unknown): Found[] {
  const [step, ...rest] = path;
  if (step === undefined) return [{ value, pointer, owner }];
  if (Array.isArray(value)) {
    const indexes = step === '*' ? [...value.keys()] : [Number(step)];
    return indexes.flatMap((index) => reach(value[index], rest, `${pointer}/${index}`, value));
  }
  return isRecord(value) && step !== '*' ? reach(value[step], rest, `${pointer}/${step}`, value) : [];
}

const lengthOf = (value: unknown): number | undefined =>
  typeof value === 'string' || Array.isArray(value) ? value.length : undefined;

function usesOfBlock(block: unknown, pointer: string): LimitUse[] {
  if (!isRecord(block)) return [];
  const measures = Object.entries(MEASURES).find(([type]) => type === block.type)?.[1] ?? [];
  const own = measures.flatMap(({ name, path, limit }) =>
    reach(block, path.split('/'), pointer).flatMap((found) => {
      const used = lengthOf(found.value);
      const most = typeof limit === 'number' ? limit : limit(found.owner);
      return used === undefined ? [] : [{ name, pointer: found.pointer, used, limit: most }];
    }),
  );
  const children = Array.isArray(block.child_blocks) ? block.child_blocks : [];
  return [...own, ...children.flatMap((child, index) => usesOfBlock(child, `${pointer}/child_blocks/${index}`))];
}

/** Limits that run over the whole payload, where the payload has something they count. */
function usesInAll(blocks: readonly unknown[], surface: Surface): LimitUse[] {
  const ofType = (...types: string[]) =>
    blocks.filter((block) => isRecord(block) && types.includes(String(block.type)));
  const inAll = (name: string, used: number, limit: number): LimitUse => ({ name, pointer: '/blocks', used, limit });
  const cells = ofType('table', 'data_table').map((block) => (isRecord(block) ? block.rows : undefined));
  return [
    inAll('blocks', blocks.length, LIMITS.blocksPer[surface]),
    ...(surface === 'message' ? [inAll('text of all blocks', countText(blocks), LIMITS.messageBlocksText)] : []),
    ...[
      inAll('charts', ofType('data_visualization').length, LIMITS.chart.perMessage),
      inAll('tables', ofType('table').length, LIMITS.table.perMessage),
      inAll('text of all table cells', countText(cells), LIMITS.table.characters),
      inAll('text of all markdown blocks', countText(ofType('markdown')), LIMITS.markdown),
    ].filter(({ used }) => used > 0),
  ];
}

/** Every limit a payload comes under and how much of it is used: the whole first, then each block in its order. */
export function measureUse(payload: { text?: unknown; blocks?: unknown }, surface: Surface): LimitUse[] {
  const blocks = Array.isArray(payload.blocks) ? payload.blocks : [];
  const text: LimitUse[] =
    surface === 'message' && typeof payload.text === 'string'
      ? [{ name: 'message text', pointer: '/text', used: payload.text.length, limit: LIMITS.messageText }]
      : [];
  return [
    ...usesInAll(blocks, surface),
    ...text,
    ...blocks.flatMap((block, index) => usesOfBlock(block, `/blocks/${index}`)),
  ];
}
