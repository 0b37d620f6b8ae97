/** What an error's own name says about where to look first. A hint for the words, never evidence. */
export type ErrorFamily = 'credentials' | 'rate-limit' | 'payment' | 'database' | 'upstream' | 'code';

/** First match wins: a payment provider that times out is looked up at the provider first. */
const FAMILIES: readonly (readonly [ErrorFamily, RegExp])[] = [
  [
    'credentials',
    /\b40[13]\b|unauthori[sz]ed|forbidden|invalid[ _-]?(token|signature|credential)|(token|signature|credential|api[ _-]?key)s?[ _-]?(invalid|mismatch|expired|revoked)|auth(entication)?[ _-]?fail|expired[ _-]?token/i,
  ],
  ['rate-limit', /\b429\b|rate[ _-]?limit|too[ _-]?many[ _-]?requests|quota/i],
  ['payment', /payment|stripe|paypal|adyen|card[ _-]?(declined|error)|checkout[ _-]?provider/i],
  ['database', /deadlock|sql|database|\bdb\b|connection[ _-]?pool|too[ _-]?many[ _-]?connections|lock[ _-]?wait/i],
  [
    'upstream',
    /time[ _-]?out|timed[ _-]?out|upstream|gateway|\b50[234]\b|econn|socket[ _-]?hang|service[ _-]?unavailable|\bdns\b/i,
  ],
  [
    'code',
    /(type|reference|range|syntax|key|value|attribute|null ?pointer)[ _-]?(error|exception)|cannot read|undefined is not|is not a function/i,
  ],
];

/** The family an error's name belongs to; null when its name says nothing. */
export function classifyError(signature: string): ErrorFamily | null {
  const name = signature.replace(/_/g, ' ');
  return FAMILIES.find(([, pattern]) => pattern.test(name) || pattern.test(signature))?.[0] ?? null;
}
