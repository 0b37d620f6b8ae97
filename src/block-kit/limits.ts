/**
 * Every limit of Slack's Block Kit that Seepass meets, in one place.
 * Text limits count UTF-16 code units, as `string.length` does.
 */
export type Surface = 'message' | 'modal' | 'home';

export const LIMITS = {
  blocksPer: { message: 50, modal: 100, home: 100 } as const satisfies Record<Surface, number>,
  /** Characters of `text` in one message, or `msg_too_long`. */
  messageText: 40_000,
  /** All text of all blocks of one message (measured, not documented), or `msg_blocks_too_long`. */
  messageBlocksText: 13_200,
  blockId: 255,
  actionId: 255,
  header: 150,
  sectionText: 3_000,
  sectionFields: 10,
  sectionField: 2_000,
  /** One markdown block, and all markdown blocks of one message together. */
  markdown: 12_000,
  actionsElements: 25,
  contextElements: 10,
  contextText: 3_000,
  contextActionsElements: 5,
  buttonText: 75,
  buttonValue: 2_000,
  url: 3_000,
  accessibilityLabel: 75,
  placeholder: 150,
  overflowOptions: { min: 1, max: 5 },
  selectOptions: 100,
  optionGroups: 100,
  /** Characters typed before an external menu asks the app, where it says nothing else. */
  minQueryLength: 3,
  choices: 10,
  optionText: 75,
  optionValue: 150,
  optionDescription: 75,
  optionGroupLabel: 75,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
  inputLabel: 2_000,
  inputHint: 2_000,
  plainTextInput: 3_000,
  altText: 2_000,
  imageTitle: 2_000,
  table: { rows: 100, columns: 20, characters: 10_000, perMessage: 1 },
  dataTable: { rows: 100, columns: 20, characters: 10_000, pageSize: 100 },
  chart: { title: 50, label: 20, axisLabel: 50, points: 20, series: 6, segments: 6, perMessage: 2 },
  card: { title: 150, subtitle: 150, body: 200, actions: 3 },
  carouselCards: 10,
  container: { children: 10, title: 150, subtitle: 150 },
  alertText: 200,
  planTasks: 50,
  view: {
    title: 24,
    submit: 24,
    close: 24,
    callbackId: 255,
    externalId: 255,
    privateMetadata: 3_000,
    stack: 3,
    bytes: 250_000,
  },
  metadata: { eventType: 255, payloadBytes: 8_000 },
} as const;

/** Where Slack takes each block: Markdown, a table or a feedback row in a modal is refused. */
export const BLOCK_SURFACES = {
  actions: ['message', 'modal', 'home'],
  alert: ['modal'],
  card: ['message', 'modal', 'home'],
  carousel: ['message', 'home'],
  container: ['message'],
  context: ['message', 'modal', 'home'],
  context_actions: ['message'],
  data_table: ['message', 'home'],
  data_visualization: ['message', 'modal'],
  divider: ['message', 'modal', 'home'],
  header: ['message', 'modal', 'home'],
  image: ['message', 'modal', 'home'],
  input: ['message', 'modal', 'home'],
  markdown: ['message'],
  plan: ['message'],
  rich_text: ['message', 'modal', 'home'],
  section: ['message', 'modal', 'home'],
  table: ['message', 'home'],
  task_card: ['message'],
  video: ['message', 'modal', 'home'],
} as const satisfies Record<string, readonly Surface[]>;

export type BlockType = keyof typeof BLOCK_SURFACES;
