/** Masks what varies in a message: the first step of grouping, and the text people see of a group. */

/** Names with digits that are words all the same. */
const names =
  '(?:oauth2|utf-?(?:8|16|32)|base(?:32|64)|s3|ec2|http2|sha(?:1|256|512)|md5|x509|ipv[46]|k8s|i18n|e2e|u?int(?:8|16|32|64)|float(?:32|64))';
export const nameWithDigits = new RegExp(`^${names}$`, 'i');

/** In the order they run: what holds other shapes goes first. Repetitions are bounded, so time grows with the text only. */
const masks: readonly (readonly [RegExp, string])[] = [
  [/\[(email|phone|card|iban|ip|token|secret|cookie|credentials|user)\]/g, '<$1>'],
  // A JSON tail: its keys come and go with the request. What was cut off has no end.
  [/[{[]\s*(?:"[^"]{0,200}"\s*[:,}\]]|\{\s*").*$|\{\s?\w{1,60}:\s[^{}]{0,500}\}/gs, '<json>'],
  // A quoted request line says which request it was: only its path varies.
  [
    /"(?!(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) )(?:[^"\\]|\\.){0,300}"|(?<!\w)'(?:[^'\\\n]|\\.){0,300}'(?!\w)|`[^`]{0,300}`|[“„«][^”»]{0,300}[”»]/g,
    '<str>',
  ],
  [/\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s"'<>)\]]{1,1000}/gi, '<url>'],
  [/[\w.!#$%&*+/=?^{|}~-]{1,64}@[\w.-]{1,200}\.[a-z]{2,24}/gi, '<email>'],
  [/\b[\da-f]{2}-[\da-f]{32}-[\da-f]{16}-[\da-f]{2}\b/gi, '<trace>'],
  [/\b[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\b/gi, '<uuid>'],
  [
    /\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6},? (?:\d{1,2} )?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}(?:,? \d{1,4}(?![:\d])){0,2}(?:,? \d\d:\d\d:\d\d)?(?: (?:[A-Z]{3,5}|[+-]\d{4}))?(?: \d{4})?/g,
    '<date>',
  ],
  [/\b\d{4}([-/])\d\d?\1\d\d?(?:[T :]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?/g, '<date>'],
  [/(?<![\w:])(?:[\da-f]{2}:){5,19}[\da-f]{2}(?![\w:])/gi, '<mac>'],
  [
    /(?<![\w:.])(?=[\da-f:]{0,38}\d)(?:(?:[\da-f]{1,4}:){7}[\da-f]{1,4}|(?:[\da-f]{1,4}(?::[\da-f]{1,4}){0,6})?::(?:[\da-f]{1,4}(?::[\da-f]{1,4}){0,6})?)(?![\w:])/gi,
    '<ip>',
  ],
  [/\b\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?\b/g, '<time>'],
  [/\b(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?\b/g, '<ip>'],
  [/\b(?:localhost|(?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,10}):\d+/gi, '<host>'],
  [
    /\b(?:[a-z0-9_-]{1,63}\.){1,6}(?:com|net|org|io|dev|app|local|localdomain|internal|lan|cloud|co|edu|gov|info|biz|de|uk|us|eu|cn|jp|ru|br|in|fr)\b(?![.\w(])/gi,
    '<host>',
  ],
  [/(?<![\w.])[A-Za-z]:\\[^\s"'<>|]{1,400}/g, '<path>'],
  [/(?<![\w.>])~?(?:\/[\w.@%:~+*-]{1,100}){1,20}\/?(?:\?[^\s"'<>)\]]{1,1000})?/g, '<path>'],
  [
    /(?<![\w.-])[\w.-]{1,100}\.(?:[cm]?[jt]sx?|json|ya?ml|toml|ini|cfg|conf|env|lock|py|go|java|rb|php|css|html?|csv|tsv|txt|log|xml|sql|sh|pdf|docx?|xlsx?|pptx?|png|jpe?g|gif|svg|webp|mp[34]|zip|gz|tar|db)\b(?![.\w(])/gi,
    '<file>',
  ],
  // What is named after its kind, and looks like a name rather than a word.
  [
    /\b(column|table|relation|collection|index|constraint|field|schema|bucket|queue|topic|module|package|domain)(:?) (?=[\w-]{0,60}[._-]\w)[\w.-]{2,100}\b/gi,
    '$1$2 <name>',
  ],
  [/\b0x[\da-f]+\b/gi, '<hex>'],
  [/\b(?=[a-f]*\d)[\da-f]{7,64}\b|(?<==)[\da-f]{8}\b/gi, '<hex>'],
  [/\b[A-Za-z]{1,12}(?:_(?=[A-Za-z0-9]*\d)[A-Za-z0-9]{1,64}|-(?=[A-Za-z0-9]*\d)[A-Za-z0-9]{5,64})\b/g, '<id>'],
  [
    /[+-]?\b\d+(?:[.,]\d+)*\s?(?:ns|us|µs|ms|s|sec|secs|seconds?|min|mins|minutes?|h|hrs?|hours?|days?)\b/gi,
    '<duration>',
  ],
  [/[+-]?\b\d+(?:[.,]\d+)*\s?(?:bytes?|[kmgt]i?b|b)\b/gi, '<size>'],
  [new RegExp(`\\b(?!${names}\\b)([A-Z_a-z]{1,60})\\d+`, 'gi'), '$1<n>'],
  [/(?<![A-Za-z\d])[+-]?\d+(?:[.,]\d+)*%?/g, '<n>'],
];

/** The message with e-mails, URLs, hosts, ids, dates, durations, numbers, JSON tails and quoted texts masked. */
export function maskMessage(message: string): string {
  let masked = message.slice(0, 2000);
  for (const [shape, label] of masks) masked = masked.replace(shape, label);
  return masked
    .replace(/\s+/g, ' ')
    .replace(/(<n>)(?:[ ,]*<n>)+/g, '$1')
    .trim();
}
