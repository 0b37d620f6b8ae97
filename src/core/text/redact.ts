/**
 * Takes private data and credentials out of free text before it is stored. Every match becomes a label in
 * brackets, which no rule matches again, so redacting twice changes nothing. All repetitions are bounded:
 * the time grows linearly with the text, whatever it holds.
 */
import { isCardNumber } from './checksum.ts';
import { ibanHint, redactIbans } from './redact-iban.ts';

interface Rule {
  /** Cheap test that every match of `shape` passes: most texts need no more than this. */
  readonly hint: RegExp;
  readonly shape: RegExp;
  readonly replace: string | ((match: string, ...groups: string[]) => string);
  /** True where a match may be made of letters, digits, `_` and `-` alone. */
  readonly inWord?: true;
}

const secretName =
  '(?:[\\w.-]{0,40}(?:password|passwd|passphrase|secret|token|api[_-]?key|apikey|access[_-]?key|private[_-]?key|client[_-]?key|signature|credential)s?|pwd|auth|authorization|jwt|sid|sig|session|sessionid|session_id|otp|pin|code|key|(?:invite|access|otp|verif(?:y|ication)|reset|login|activation|confirm(?:ation)?|recovery|backup)[_-]?code)';

/** In the order they run: credentials first, so that no later rule sees half of one. */
const rules: readonly Rule[] = [
  {
    hint: /PRIVATE KEY/,
    shape: /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[^-]{0,10000}(?:-----END [A-Z ]{0,30}PRIVATE KEY-----)?/g,
    replace: '[secret]',
  },
  {
    hint: /:\/\/[^\s/]*@/,
    shape: /(\b[a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/@[\]"'<>]{1,300}@(?:[^\s/@[\]"'<>]{1,300}@)?/gi,
    replace: '$1[credentials]@',
  },
  {
    hint: /cookie/i,
    shape: /(\b(?:set-)?cookie["']?\s{0,3}[:=]\s{0,3}["']?)(?!\s|\[cookie\])[^\r\n"']{1,4000}/gi,
    replace: '$1[cookie]',
  },
  {
    hint: /ey/,
    shape: /\bey[A-Za-z0-9_-]{8,4000}(?:\.|%2E)[A-Za-z0-9_-]{4,8000}(?:(?:\.|%2E)[A-Za-z0-9_-]{0,2000})?/g,
    replace: '[token]',
  },
  {
    hint: /bearer|authorization/i,
    shape:
      /(\bbearer(?:\s|%20|\+|\s?[:=]\s?){1,3}|authorization["']?\s{0,3}[:=]\s{0,3}["']?(?:bearer|basic|token|digest|apikey)\s{1,3})(?!\s|\[)[\w.~+/-]{6,4000}={0,3}/gi,
    replace: '$1[token]',
  },
  {
    // Without "authorization" before it, "basic" is a plain word: only what looks encoded is taken.
    hint: /basic|token/i,
    shape: /\b((?:[Bb]asic|BASIC|[Tt]oken) )(?=[\w+/-]{0,60}(?:\d|[a-z][A-Z]))[A-Za-z0-9+/_-]{8,4000}={0,3}/g,
    replace: '$1[token]',
  },
  {
    hint: /(?:sk|pk|rk|whsec)[-_]|x(?:ox|app)|gh[pousr]_|github_pat|glpat|A[KS]IA|AIza|ya29|SG\.|npm_|ph[cx]_|shp|dop_v1|hf_|key-|sq0|EAA|pplx|gsk_|dckr_|lin_api|sntry|:AA/,
    shape:
      /(?<![A-Za-z0-9])(?:(?:sk|pk|rk)[-_][A-Za-z0-9_-]{8,300}|whsec_[A-Za-z0-9+/=]{8,200}|xox[a-z]-[\w-]{6,300}|xox[a-z]\.[\w.-]{6,300}|xapp-[\w-]{6,300}|gh[pousr]_[A-Za-z0-9]{10,300}|github_pat_\w{10,300}|glpat-[\w-]{10,100}|A[KS]IA[A-Z0-9]{12,20}|AIza[\w-]{30,50}|ya29\.[\w-]{10,500}|SG\.[\w-]{10,60}\.[\w-]{10,100}|npm_[A-Za-z0-9]{20,60}|ph[cx]_[A-Za-z0-9_]{8,80}|shp(?:at|ca|pa|ss)_[a-fA-F0-9]{16,64}|dop_v1_[a-f0-9]{20,80}|hf_[A-Za-z0-9]{16,60}|key-[a-f0-9]{24,40}|sq0[a-z]{3}-[\w-]{16,60}|EAA[A-Za-z0-9]{30,300}|(?:pplx-|gsk_|dckr_[a-z]{3}_|lin_(?:api|oauth)_|sntry[su]_)[A-Za-z0-9_=+/-]{16,300}|\d{8,12}:AA[\w-]{30,40})/g,
    replace: '[token]',
    inWord: true,
  },
  {
    // An address of this kind lets whoever has it post.
    hint: /hooks\.slack|api\/webhooks/i,
    shape: /(hooks\.slack\.com\/\w{1,20}\/|discord(?:app)?\.com\/api\/webhooks\/)(?!\[)[^\s"'<>?#]{1,300}/gi,
    replace: '$1[token]',
  },
  {
    hint: /[?&;#]/,
    shape: new RegExp(`([?&;#]${secretName}=)(?!\\[)[^&#\\s"'<>;]{1,4000}`, 'gi'),
    replace: '$1[secret]',
  },
  {
    // A quoted value may hold blanks.
    hint: /(?:pass|pwd|secret)[\w-]{0,10}["']?\s{0,3}[:=]\s{0,3}["']/i,
    shape:
      /((?:password|passwd|passphrase|pwd|secret)["']?\s{0,3}[:=]\s{0,3}(["']))(?!\[)[^"'\s]{1,100}[ \t][^"'\r\n]{0,200}(?=\2)/gi,
    replace: '$1[secret]',
  },
  {
    // name = value and "name": "value" outside of URLs; plain words such as "code: 42" or "key: name" stay.
    hint: /pass|pwd|secret|token|key|authorization|credential|signature/i,
    shape:
      /((?:password|passwd|passphrase|pwd|secret|token|api[_ -]?key|access[_-]?key(?:[_-]?id)?|account[_-]?key|private[_-]?key|client[_-]?secret|authorization|credentials?|signature)["']?\s{0,3}(?:[:=]|%3D|=>)\s{0,3}["']?)(?!\s|["']|\[|(?:bearer|basic|token)\b|(?:null|undefined|true|false|none)\b)[^\s"',;&)}\]]{1,4000}/gi,
    replace: '$1[secret]',
  },
  {
    hint: /sess(?:ion)?_?id/i,
    shape:
      /(\b(?:j|php|asp\.net_|[a-z]{1,12}_)sess(?:ion)?_?id["']?\s{0,3}[:=]\s{0,3}["']?)(?!\s|["'[])[^\s"',;&)}\]]{1,4000}/gi,
    replace: '$1[secret]',
  },
  {
    // Without a digit it is a sentence: "your password is wrong".
    hint: /pass(?:word|phrase|code) (?:is|was)/i,
    shape: /(\bpass(?:word|phrase|code) (?:is|was)[ :]{1,2}["']?)(?=[^\s"',;]{0,60}\d)(?!\[)[^\s"',;]{1,200}/gi,
    replace: '$1[secret]',
  },
  {
    // These are plain words as well: only an equals sign makes them names.
    hint: /(?:session|sid|otp|pin)[\w-]{0,3}=/i,
    shape: /(?<![a-z])((?:session(?:[_-]?id)?|sid|otp|pin)=["']?)(?!["'[])[^\s"',;&)}\]]{1,4000}/gi,
    replace: '$1[secret]',
  },
  {
    hint: /--[\w-]{0,20}(?:pass|secret|token|key)/i,
    shape: /(--[\w-]{0,20}(?:password|passwd|secret|token|api-?key)[ \t]{1,3})(?=\w)[^\s"']{1,4000}/gi,
    replace: '$1[secret]',
  },
  {
    hint: /@|%40/,
    shape:
      /[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]{0,63}[\p{L}\p{N}_+%-](?:@|%40)(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24}(?![\p{L}\p{N}])/gu,
    replace: redactAddress,
  },
  {
    hint: /(?<![\w.-])\d(?:[ -]?\d){12}/,
    shape: /(?<![\w.-])\d(?:[ -]?\d){12,18}(?![\w-])/g,
    replace: (match) => (isCardNumber(match.replace(/\D/g, '')) ? '[card]' : match),
    inWord: true,
  },
  {
    hint: /[\da-f]:[\da-f:]|::/i,
    shape:
      /(?<![\w:.])(?:::(?:ffff:)?(?:\d{1,3}\.){3}\d{1,3}|(?:[\da-f]{1,4}:){7}[\da-f]{1,4}|(?=[\da-f:]{0,38}\d)(?:[\da-f]{1,4}(?::[\da-f]{1,4}){0,6})?::(?:[\da-f]{1,4}(?::[\da-f]{1,4}){0,6})?)(?![\w:])/gi,
    replace: '[ip]',
  },
  {
    hint: /\d\.\d/,
    shape: /(?<![\w.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\w]|\.\d)/g,
    replace: '[ip]',
  },
  {
    hint: /\+|\(|00|\d[-. ]\d|\b0\d{9}/,
    shape:
      /(?<![\w.+-])(?![\dA-Fa-f]{8}(?:-[\dA-Fa-f]{4}){3}-[\dA-Fa-f]{12})(?:(?:\+|00)[1-9](?:[ ./()-]{0,3}\d){6,14}|(?:1[-. ]?)?(?:\(\d{3}\) ?|\d{3}[-. ])\d{3}[-. ]\d{4}|\(?0\d{1,5}\)?[ /-]\d(?:[ /-]?\d){4,10}|0[1-9]\d{8,10})(?![\w]|[.-]\d)/g,
    replace: redactPhone,
    inWord: true,
  },
  {
    hint: /phone|mobile|\btel|whatsapp|\bcall|\bcell/i,
    shape:
      /(\b(?:(?:tele)?phone|mobile|tel|whatsapp|call|cell)(?: (?:number|no|me at|me on|is|us at))?[\s:.=#"']{1,4})(?:\d[ .-]?){7,15}(?!\d)/gi,
    replace: '$1[phone]',
  },
];

/** The text with e-mail addresses, phones, cards, IBANs, IP addresses, tokens, cookies and credentials labelled. */
export function redact(text: string): string {
  if (!worthALook.test(text)) return text;
  const clean = redactRepeatedly(text);
  if (!escaped.test(clean)) return clean;
  // A phone or a card in a URL has %20 between its digits: what shows only when decoded is kept decoded.
  const decoded = clean.replace(escapedRun, decode);
  const cleanDecoded = redactRepeatedly(decoded);
  return cleanDecoded === decoded ? clean : cleanDecoded;
}

const escaped = /%[\da-f]{2}/i;
const escapedRun = /(?:%[\da-f]{2})+/gi;

function decode(run: string): string {
  try {
    return decodeURIComponent(run);
  } catch {
    return run;
  }
}

function redactRepeatedly(text: string): string {
  let clean = redactOnce(text);
  // A label may uncover what its neighbour hid: only a text that changed is read again.
  for (let before = text, pass = 1; clean !== before && pass < MAX_PASSES; pass++) {
    before = clean;
    clean = redactOnce(clean);
  }
  return clean;
}

const MAX_PASSES = 5;

const inWord = rules.filter((rule) => rule.inWord);

function redactOnce(text: string): string {
  let clean = ibanHint.test(text) ? redactIbans(text) : text;
  // Both kinds of replacement read the same here; String.replace types them apart.
  for (const { hint, shape, replace } of word.test(text) ? inWord : rules)
    if (hint.test(clean))
      clean = typeof replace === 'string' ? clean.replace(shape, replace) : clean.replace(shape, replace);
  return clean;
}

/** Most ids: the other rules need a sign that is not in here, so three of them are enough. */
const word = /^[\w-]{1,100}$/;

/** Whatever a rule takes out holds one of these. */
const worthALook =
  /[@%=]|\d[\d .()/-]{5}|[\da-f]:[\da-f:]|::|PRIVATE KEY|cookie|ey[A-Za-z0-9]|bearer|basic|token|pass|pwd|secret|key|auth|credential|signature|sess(?:ion)?_?id|[-_.][\w-]{6}|hooks\.slack|api\/webhooks|A[KS]IA|AIza|EAA/i;

const secretKey =
  /^(?:.{0,40}(?:password|passwd|secret|token|api[_-]?key|apikey|private[_-]?key|authorization|credential)s?|pwd|cookies?|set-cookie|jwt)$/i;

/** True for a key whose value is a credential whatever it looks like. */
export function namesSecret(key: string): boolean {
  return secretKey.test(key);
}

/** A local part may hold `=`, `&` and quotes, which mostly separate it from what stands before. */
function redactAddress(match: string): string {
  const local = match.slice(0, match.search(/@|%40/));
  return `${/^.*[=&?/#'`{|]/.exec(local)?.[0] ?? ''}[email]`;
}

function redactPhone(match: string): string {
  const digits = match.replace(/\D/g, '').length;
  return digits >= 7 && digits <= 15 ? '[phone]' : match;
}
