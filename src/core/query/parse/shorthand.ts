/** How people type in a hurry: "err rate /checkout lw" is "error rate /checkout last week". */
const WORDS: Readonly<Record<string, string>> = {
  cat: 'category',
  cats: 'categories',
  ep: 'endpoint',
  eps: 'endpoints',
  err: 'error',
  errs: 'errors',
  exc: 'exceptions',
  rev: 'revenue',
  pv: 'pageviews',
  pvs: 'pageviews',
  tix: 'tickets',
  tkt: 'ticket',
  tkts: 'tickets',
  sig: 'signature',
  sigs: 'signatures',
  conv: 'conversion',
  sess: 'session',
  acct: 'account',
  accts: 'accounts',
  acc: 'account',
  alot: 'a lot',
  aswell: 'as well',
  loose: 'lose',
  loosing: 'losing',
  teh: 'the',
  mny: 'many',
  wich: 'which',
  nr: 'number',
  nrs: 'numbers',
  cust: 'customer',
  custs: 'customers',
  usr: 'user',
  usrs: 'users',
  req: 'request',
  reqs: 'requests',
  resp: 'response',
  lat: 'latency',
  ret: 'retention',
  lw: 'last week',
  lwk: 'last week',
  lm: 'last month',
  tw: 'this week',
  abt: 'about',
  wat: 'what',
  wht: 'what',
  wots: 'whats',
  wots_up: 'whats up',
  r: 'are',
  u: 'you',
  ur: 'your',
  n: 'and',
  ppl: 'people',
  folks: 'people',
  firms: 'companies',
  firm: 'company',
  newcomers: 'new users',
  pct: 'percentage',
  bc: 'because',
  thx: 'thanks',
  ty: 'thanks',
  pls: 'please',
  plz: 'please',
};

/** "Before two days", as it is said in other languages. */
const BEFORE_NOW =
  /\bbefore ((?:\d{1,3}|two|three|four|five|six|seven|ten) (?:days|weeks|months))\b(?! (?:ago|back|before|earlier|that|the|it|we|they|a|our)\b)/giu;

const WORD = /(?<![\p{L}\p{N}/.@_:-])\p{L}{1,9}(?![\p{L}\p{N}/@_-]|\.\p{L})/gu;

/** The text with shorthand written out; what is part of a path, a release or a code stays. */
export function writeOut(text: string): string {
  return text
    .replace(/^\s*y(?=\s+(?:is|are|did|do|does|was|were|has|so)\b)/i, 'why')
    .replace(/\bin order (?=to|that)/gi, '')
    .replace(/\bcan['’]?t\b/gi, 'cannot')
    .replace(BEFORE_NOW, '$1 ago')
    .replace(/\b(\w{3,9})\s*\+\s*(?=\w{3,9}\b)/g, '$1 and ')
    .replace(WORD, (word) => WORDS[word.toLowerCase()] ?? word);
}
