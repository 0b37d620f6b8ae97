/** Times in the viewer's zone. `ts` is Slack's `seconds.micros`. */
const dateOf = (ts: string): Date => new Date(Number(ts) * 1000);

const format = (ts: string, timeZone: string, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone, ...options }).format(dateOf(ts));

export const clockTime = (ts: string, zone: string): string => format(ts, zone, { hour: '2-digit', minute: '2-digit' });
export const dayKey = (ts: string, zone: string): string => format(ts, zone, { dateStyle: 'short' });
export const dayName = (ts: string, zone: string): string =>
  format(ts, zone, { weekday: 'long', day: 'numeric', month: 'long' });
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

/** Slack's `<!date^…>` templates, e.g. `{date_short} at {time}`. */
export const fillDate = (timestamp: string, template: string, zone: string): string =>
  template.replace(/\{(\w+)\}/g, (whole, token) => {
    const options = TOKENS[token];
    return options === undefined ? whole : format(timestamp, zone, options);
  });
