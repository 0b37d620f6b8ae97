/** Times in the viewer's zone. `ts` is Slack's `seconds.micros`. */
const dateOf = (ts: string): Date => new Date(Number(ts) * 1000);

/** Making one takes longer than drawing a message. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function format(ts: string, timeZone: string, options: Intl.DateTimeFormatOptions): string {
  const key = `${timeZone} ${JSON.stringify(options)}`;
  const formatter = formatters.get(key) ?? new Intl.DateTimeFormat('en-GB', { timeZone, ...options });
  formatters.set(key, formatter);
  return formatter.format(dateOf(ts));
}

export const clockTime = (ts: string, zone: string): string => format(ts, zone, { hour: '2-digit', minute: '2-digit' });
export const dayKey = (ts: string, zone: string): string => format(ts, zone, { dateStyle: 'short' });

/** `Today`, `Yesterday`, or the day's name; with its year when that is another. */
export function dayName(ts: string, zone: string, now = Date.now()): string {
  const key = dayKey(ts, zone);
  if (key === dayKey(String(now / 1000), zone)) return 'Today';
  if (key === dayKey(String(now / 1000 - 86_400), zone)) return 'Yesterday';
  const isOtherYear = format(ts, zone, { year: 'numeric' }) !== format(String(now / 1000), zone, { year: 'numeric' });
  const year = isOtherYear ? ({ year: 'numeric' } as const) : {};
  return format(ts, zone, { weekday: 'long', day: 'numeric', month: 'long', ...year });
}

/** When, in few words: the hour today, else the day too. */
export function shortTime(ts: string, zone: string): string {
  const day = dayName(ts, zone);
  const words =
    { Today: 'today at', Yesterday: 'yesterday at' }[day] ??
    `${format(ts, zone, { day: 'numeric', month: 'short' })} at`;
  return `${words} ${clockTime(ts, zone)}`;
}
export const fullTime = (ts: string, zone: string): string =>
  format(ts, zone, { dateStyle: 'full', timeStyle: 'short' });

const TOKENS: Record<string, Intl.DateTimeFormatOptions> = {
  date_num: { year: 'numeric', month: '2-digit', day: '2-digit' },
  date: { dateStyle: 'long' },
  date_short: { dateStyle: 'medium' },
  date_long: { dateStyle: 'full' },
  date_pretty: { dateStyle: 'long' },
  date_short_pretty: { dateStyle: 'medium' },
  date_long_pretty: { dateStyle: 'full' },
  day_divider_pretty: { weekday: 'long', day: 'numeric', month: 'long' },
  time: { hour: '2-digit', minute: '2-digit' },
  time_secs: { hour: '2-digit', minute: '2-digit', second: '2-digit' },
};

/** Slack's `<!date^…>` templates, e.g. `{date_short} at {time}`; the fallback where there is no such time. */
export function fillDate(timestamp: string, template: string, fallback: string, zone: string): string {
  if (Number.isNaN(dateOf(timestamp).getTime())) return fallback;
  return template.replace(/\{(\w+)\}/g, (whole, token) => {
    const options = TOKENS[token];
    return options === undefined ? whole : format(timestamp, zone, options);
  });
}

/** Milliseconds a zone is ahead of UTC at an instant. */
function offsetAt(milliseconds: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  return Date.parse(`${parts.format(milliseconds).replace(' ', 'T')}Z`) - Math.floor(milliseconds / 1000) * 1000;
}

/** Epoch seconds as a clock on the zone's wall shows them: `2026-01-30T09:00`. */
export const wallTime = (seconds: number, zone: string): string =>
  new Date(seconds * 1000 + offsetAt(seconds * 1000, zone)).toISOString().slice(0, 16);

/** The other way round. */
export function instantOf(wall: string, zone: string): number {
  const asUtc = Date.parse(`${wall}Z`);
  const guess = asUtc - offsetAt(asUtc, zone);
  return Math.floor((asUtc - offsetAt(guess, zone)) / 1000);
}
