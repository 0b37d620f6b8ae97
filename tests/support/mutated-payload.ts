/** Recorded payloads with something wrong in them: what a tool's next version, a broken proxy or an enemy sends. */
import fc from 'fast-check';
import { codePoint } from './code-point.ts';

/** JSON texts that no tool should send, parsed as they would be on arrival. */
const HOSTILE: readonly unknown[] = [
  ...['null', 'true', '""', '" "', '-1', '0', '1e308', '-1e308', '1e-320', '9007199254740993', '[]', '{}', '[[]]'],
  ...['"\\u0000"', '"a\\u0000b"', '"\\ud800"', '"\\udc00x"', '"\\uffff"', '"2099-01-01T00:00:00Z"', '"1899-01-01"'],
  ...['4102444800000', '-62135596800', '"1e400"', '"NaN"', '"__proto__"', '"constructor"', '"toString"'],
  ...['"javascript:alert(1)"', '"https://%"', '"\\u202e"', '"\\ufeff"', '"ann@example.com"'],
  ...[JSON.stringify('9'.repeat(400)), JSON.stringify('<p>'.repeat(2_000))],
  ...['{"__proto__":{"polluted":true}}', '{"constructor":{"prototype":{"polluted":true}}}', '{"length":1e9}'],
  ...['{"hasOwnProperty":1}', '{"toString":1,"valueOf":1}', '[null,[],{},1]', '{"":{"":""}}'],
  '['.repeat(120) + ']'.repeat(120),
  `${'{"a":'.repeat(120)}1${'}'.repeat(120)}`,
  JSON.stringify('x'.repeat(20_000)),
  JSON.stringify(Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`k${index}`, index]))),
].map((text): unknown => JSON.parse(text));

/** What may stand anywhere in a payload, or for it. */
export const oddValue: fc.Arbitrary<unknown> = fc.oneof(
  { arbitrary: fc.constantFrom(...HOSTILE), weight: 3 },
  { arbitrary: fc.jsonValue({ maxDepth: 3 }), weight: 1 },
  { arbitrary: fc.string({ unit: codePoint, maxLength: 40 }), weight: 1 },
);

type Step = { kind: 'replace' | 'delete' | 'wrap' | 'copy' | 'rename'; at: number; from: number; value: unknown };

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('replace', 'replace', 'replace', 'delete', 'wrap', 'copy', 'rename'),
  at: fc.nat(),
  from: fc.nat(),
  value: oddValue,
});

/** A copy of one of the payloads with up to six of its parts replaced, dropped, wrapped, repeated or renamed. */
export function mutatedPayload(payloads: readonly unknown[]): fc.Arbitrary<unknown> {
  return fc
    .tuple(fc.constantFrom(...payloads), fc.array(step, { minLength: 1, maxLength: 6 }))
    .map(([payload, steps]) => {
      const held = { body: structuredClone(payload) };
      for (const one of steps) apply(held, { ...one, value: structuredClone(one.value) });
      // Through JSON: no more than what can arrive.
      return JSON.parse(JSON.stringify(held.body) ?? 'null');
    });
}

/** The JSON of one of the payloads, cut off, with a part repeated (so with keys twice), or with characters changed. */
export function mutatedText(payloads: readonly unknown[]): fc.Arbitrary<string> {
  const texts = payloads.map((payload) => (typeof payload === 'string' ? payload : JSON.stringify(payload)));
  return fc
    .tuple(fc.constantFrom(...texts), fc.nat(), fc.nat(200), fc.string({ unit: codePoint, maxLength: 12 }), fc.nat(2))
    .map(([text, from, length, inserted, kind]) => {
      const at = from % (text.length + 1);
      if (kind === 0) return text.slice(0, at) + inserted;
      if (kind === 1) return text.slice(0, at) + text.slice(at, at + length) + text.slice(at);
      return text.slice(0, at) + inserted + text.slice(at + length);
    });
}

interface Place {
  holder: object;
  key: string;
}

const MAX_PLACES = 5_000;

/** Every place a value stands in, nearest first. */
function placesIn(root: object): Place[] {
  const places: Place[] = [];
  const queue: object[] = [root];
  for (let holder = queue.shift(); holder !== undefined && places.length < MAX_PLACES; holder = queue.shift())
    for (const key of Object.keys(holder)) {
      places.push({ holder, key });
      const value: unknown = Reflect.get(holder, key);
      if (typeof value === 'object' && value !== null) queue.push(value);
    }
  return places;
}

function apply(root: object, { kind, at, from, value }: Step): void {
  const places = placesIn(root);
  const place = places[at % places.length];
  const other = places[from % places.length];
  if (place === undefined || other === undefined) return;
  const { holder, key } = place;
  const held: unknown = Reflect.get(holder, key);
  if (kind === 'replace') set(holder, key, value);
  else if (kind === 'wrap') set(holder, key, from % 2 === 0 ? [held, value] : { value: held, other: value });
  else if (kind === 'copy') set(holder, key, structuredClone(Reflect.get(other.holder, other.key)));
  else if (holder !== root) Reflect.deleteProperty(holder, key);
  if (kind === 'rename') set(holder, from % 3 === 0 ? '__proto__' : other.key, held);
}

/** As JSON.parse does it: `__proto__` is a key like any other. What JSON has no word for, a list's length, is left. */
function set(holder: object, key: string, value: unknown): void {
  if (Array.isArray(holder) && key === 'length') return;
  Object.defineProperty(holder, key, { value, writable: true, enumerable: true, configurable: true });
}
