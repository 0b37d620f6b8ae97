/** One of every block and element Slack takes, as an app would send them. */
const plain = (text: string) => ({ type: 'plain_text', text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const option = (text: string, value: string, description?: string) => ({
  text: plain(text),
  value,
  ...(description === undefined ? {} : { description: plain(description) }),
});
const cell = (text: string) => ({ type: 'raw_text', text });
const amount = (value: number, text = String(value)) => ({ type: 'raw_number', value, text });
const section = (...elements: object[]) => ({ type: 'rich_text_section', elements });
const run = (text: string, style?: object) => ({ type: 'text', text, ...(style === undefined ? {} : { style }) });
const richText = (...elements: object[]) => ({ type: 'rich_text', elements });
const input = (label: string, element: object, more: object = {}) => ({
  type: 'input',
  label: plain(label),
  element,
  ...more,
});
const confirm = {
  title: plain('Roll back web@1.42.0?'),
  text: mrkdwn('*42 tickets* came since it went out.'),
  confirm: plain('Roll back'),
  deny: plain('Leave it'),
  style: 'danger',
};
const severities = [option('● High', 'high'), option('◐ Medium', 'medium'), option('○ Low', 'low')];

/** Words of every kind. */
export const wordBlocks = (user: string, channel: string, picture: string): object[] => [
  { type: 'header', text: plain('Release web@1.42.0 :rocket:') },
  {
    type: 'section',
    text: mrkdwn(
      `*Bold*, _italic_, ~struck~ and \`code\` for <@${user}> in <#${channel}>; see <https://example.com/runbook|the runbook>.\n> Errors rose within ten minutes.`,
    ),
    accessory: { type: 'image', image_url: picture, alt_text: 'A rising line' },
  },
  {
    type: 'section',
    fields: [
      mrkdwn('*Owner*\nJonas Weber'),
      mrkdwn('*Went out*\n<!date^1769697660^{date_short} at {time}|29 Jan>'),
      mrkdwn('*Errors*\n8.3% of 1,780 views'),
      mrkdwn('*Accounts*\n37'),
    ],
  },
  {
    type: 'context',
    elements: [{ type: 'image', image_url: picture, alt_text: 'Chart' }, mrkdwn('42 tickets · *web@1.42.0*')],
  },
  { type: 'divider' },
  richText(
    section(run('What we know', { bold: true })),
    {
      type: 'rich_text_list',
      style: 'bullet',
      elements: [section(run('It began at 13:41')), section(run('EU only so far'))],
    },
    { type: 'rich_text_list', style: 'ordered', elements: [section(run('Roll back')), section(run('Tell support'))] },
    { type: 'rich_text_quote', elements: [run('card fails after submit')] },
    { type: 'rich_text_preformatted', elements: [run('POST /v1/payments 504')] },
  ),
  {
    type: 'markdown',
    text: '### Next steps\n1. Read the [runbook](https://example.com)\n2. **Decide** by noon\n\n> It is _not_ a provider outage.',
  },
  { type: 'image', title: plain('Errors, last 24 hours'), image_url: picture, alt_text: 'Errors rise at 14:00' },
];

/** Everything people can press, pick and put in. */
export const controlBlocks = (): object[] => [
  {
    type: 'actions',
    block_id: 'buttons',
    elements: [
      { type: 'button', action_id: 'approve', text: plain('Approve'), style: 'primary', value: '1' },
      { type: 'button', action_id: 'roll_back', text: plain('Roll back'), style: 'danger', confirm },
      { type: 'button', action_id: 'open_form', text: plain('Fill in a form') },
      {
        type: 'overflow',
        action_id: 'more',
        options: [option('Snooze until Monday', 'snooze'), option('Not an incident', 'dismiss')],
      },
    ],
  },
  {
    type: 'actions',
    block_id: 'menus',
    elements: [
      { type: 'static_select', action_id: 'severity', placeholder: plain('Severity'), options: severities },
      { type: 'external_select', action_id: 'account', placeholder: plain('Find an account'), min_query_length: 2 },
      { type: 'users_select', action_id: 'owner', placeholder: plain('Choose an owner') },
      { type: 'channels_select', action_id: 'channel', placeholder: plain('Choose a channel') },
    ],
  },
  {
    type: 'actions',
    block_id: 'pickers',
    elements: [
      { type: 'datepicker', action_id: 'day', initial_date: '2026-01-29' },
      { type: 'timepicker', action_id: 'hour', initial_time: '14:00' },
      { type: 'datetimepicker', action_id: 'moment', initial_date_time: 1_769_697_660 },
    ],
  },
  {
    type: 'section',
    block_id: 'several',
    text: mrkdwn('*Surfaces* to watch'),
    accessory: {
      type: 'multi_static_select',
      action_id: 'surfaces',
      placeholder: plain('Choose some'),
      options: [option('/checkout', 'checkout'), option('/search', 'search'), option('/billing', 'billing')],
      initial_options: [option('/checkout', 'checkout')],
    },
  },
  {
    type: 'actions',
    block_id: 'choices',
    elements: [
      {
        type: 'radio_buttons',
        action_id: 'cadence',
        options: [option('Daily', 'daily', 'At 09:00'), option('Weekly', 'weekly')],
        initial_option: option('Daily', 'daily', 'At 09:00'),
      },
      {
        type: 'checkboxes',
        action_id: 'sources',
        options: [option('Sentry', 'sentry'), option('Intercom', 'intercom')],
        initial_options: [option('Sentry', 'sentry')],
      },
    ],
  },
  {
    type: 'context_actions',
    block_id: 'useful',
    elements: [
      {
        type: 'feedback_buttons',
        action_id: 'useful',
        positive_button: { text: plain('Useful'), value: 'yes', accessibility_label: 'This was useful' },
        negative_button: { text: plain('Not useful'), value: 'no', accessibility_label: 'This was not useful' },
      },
      { type: 'icon_button', action_id: 'remove', icon: 'trash', text: plain('Remove') },
    ],
  },
];

const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'];
const series = (name: string, values: readonly number[]) => ({
  name,
  data: values.map((value, index) => ({ label: days[index], value })),
});

/** Numbers: charts and tables. A message takes two charts and one table. */
export const dataBlocks = (): object[] => [
  {
    type: 'data_visualization',
    title: 'Errors by day',
    chart: {
      type: 'line',
      series: [series('Errors', [12, 14, 11, 148, 96]), series('Expected', [13, 13, 13, 13, 13])],
      axis_config: { categories: days, x_label: 'Day', y_label: 'Errors' },
    },
  },
  {
    type: 'data_visualization',
    title: 'What failed',
    chart: {
      type: 'pie',
      segments: [
        { label: 'Provider timeout', value: 71 },
        { label: 'Declined', value: 19 },
        { label: 'Other', value: 10 },
      ],
    },
  },
  {
    type: 'data_table',
    caption: 'Accounts that saw errors',
    page_size: 3,
    row_header_column_index: 0,
    rows: [
      [cell('Account'), cell('Plan'), cell('Errors'), cell('Monthly')],
      [cell('Northwind'), cell('Business'), amount(42), amount(1200, '$1,200')],
      [cell('Contoso'), cell('Free'), amount(17), amount(0, '$0')],
      [cell('Initech'), cell('Business'), amount(9), amount(2400, '$2,400')],
      [cell('Globex'), cell('Starter'), amount(61), amount(90, '$90')],
    ],
  },
];

const task = (task_id: string, title: string, status: string, more: object = {}) => ({
  task_id,
  title,
  status,
  ...more,
});

/** Cards, containers, tables and what an app is doing. */
export const structureBlocks = (picture: string): object[] => [
  {
    type: 'table',
    column_settings: [{ is_wrapped: true }, { align: 'right' }],
    rows: [
      [cell('Release'), cell('Errors')],
      [cell('web@1.41.3'), amount(12)],
      [cell('web@1.42.0'), amount(148)],
    ],
  },
  {
    type: 'card',
    block_id: 'card',
    icon: { type: 'image', image_url: picture, alt_text: 'Chart' },
    title: mrkdwn('Roll back web@1.42.0'),
    subtitle: mrkdwn('Medium risk'),
    body: mrkdwn('Expect the error rate under *2%* within a day.'),
    actions: [{ type: 'button', action_id: 'card_details', text: plain('Details') }],
  },
  {
    type: 'container',
    title: plain('Evidence'),
    subtitle: plain('3 sources'),
    is_collapsible: true,
    child_blocks: [{ type: 'section', text: mrkdwn('71% of the errors are `PAYMENT_PROVIDER_TIMEOUT`.') }],
  },
  {
    type: 'plan',
    title: 'Looking into /checkout',
    tasks: [
      task('1', 'Compare with last week', 'complete', { output: richText(section(run('6.9x normal'))) }),
      task('2', 'Read 42 tickets', 'in_progress'),
      task('3', 'Ask the payment provider', 'error'),
      task('4', 'Write it up', 'pending'),
    ],
  },
];

/** A form with a field of every kind. */
export const formView = (): object => ({
  type: 'modal',
  callback_id: 'form',
  title: plain('Report an incident'),
  submit: plain('Report'),
  blocks: [
    { type: 'alert', level: 'warning', text: plain('People on call are told at once.') },
    input(
      'What happened',
      { type: 'plain_text_input', action_id: 'what', max_length: 120, placeholder: plain('In a sentence') },
      { block_id: 'what', hint: plain('The title of the incident.') },
    ),
    input(
      'More',
      { type: 'plain_text_input', action_id: 'more', multiline: true },
      { block_id: 'more', optional: true },
    ),
    input(
      'Accounts hit',
      { type: 'number_input', action_id: 'accounts', is_decimal_allowed: false, min_value: '1' },
      { block_id: 'accounts' },
    ),
    input('Tell', { type: 'email_text_input', action_id: 'mail' }, { block_id: 'mail', optional: true }),
    input(
      'Severity',
      { type: 'radio_buttons', action_id: 'severity', options: severities, initial_option: severities[1] },
      { block_id: 'severity' },
    ),
    input('Owners', { type: 'multi_users_select', action_id: 'owners' }, { block_id: 'owners', optional: true }),
    input('Since', { type: 'datepicker', action_id: 'since' }, { block_id: 'since', optional: true }),
    input('Screenshots', { type: 'file_input', action_id: 'shots' }, { block_id: 'shots', optional: true }),
    {
      type: 'actions',
      block_id: 'push',
      elements: [{ type: 'button', action_id: 'open_help', text: plain('What is an incident?') }],
    },
  ],
});

/** Pushed over the form. */
export const helpView = (): object => ({
  type: 'modal',
  callback_id: 'help',
  title: plain('What is an incident?'),
  blocks: [{ type: 'section', text: mrkdwn('Anything *outside normal* that somebody should look at today.') }],
});

/** The Home tab. */
export const homeView = (): object => ({
  type: 'home',
  blocks: [
    { type: 'header', text: plain('Good morning') },
    { type: 'section', text: mrkdwn('*3 open*, 1 yours.') },
    {
      type: 'actions',
      block_id: 'home',
      elements: [{ type: 'button', action_id: 'open_form', text: plain('Fill in a form') }],
    },
  ],
});
