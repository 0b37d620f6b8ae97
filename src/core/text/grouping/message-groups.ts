/**
 * Groups masked messages that are the same fault in different words. Like Drain (He et al., ICWS 2017) it keeps a
 * template a group, and like it, messages of different length never meet. Drain lets any words differ while enough
 * others agree, so "failed to load user profile" and "… user settings" are one fault to it: here a place may only
 * differ once many words were seen there with everything else equal, which is what a parameter looks like.
 */
import { isValue, LIST, skeletonOf, VALUE } from './skeleton.ts';

/** In a template: any word or value. */
export const ANY = '**';

/** What has to be seen at a place before it counts as a parameter; see `weightOf`. */
const EVIDENCE = 8;
/** Words that must stay before a template may lose another one. */
const MIN_WORDS = 3;
/** Longer skeletons are compared as a whole only. */
const MAX_PLACES = 40;
/** Groups kept in memory; past it the half that was used longest ago is forgotten (the store still knows it). */
const MAX_GROUPS = 5_000;
const MAX_MEMORY = 20_000;

/** A group as it is stored: its signature is what the first message made it, for good; its template may widen. */
export interface MessageGroup {
  readonly signature: string;
  readonly template: readonly string[];
}

/** A message to group: masked, and the signature it has when no group knows it. */
export interface MaskedMessage {
  readonly masked: string;
  readonly signature: string;
}

interface Group {
  readonly signature: string;
  template: readonly string[];
  used: number;
}

interface Place {
  readonly seen: Set<string>;
  weight: number;
  /** The group that had a word here first. */
  owner: Group | undefined;
}

/** The groups of one workspace, in memory: bounded, and the same for the same messages in the same order. */
export class MessageGroups {
  #bySkeleton = new Map<string, Group>();
  #bySignature = new Map<string, Group>();
  /** Groups whose template has a place for anything, by length, oldest first. */
  #widened = new Map<number, Group[]>();
  #places = new Map<string, Place>();
  #remembered = new Map<string, Group>();
  #tick = 0;

  /** How many groups are in memory. */
  get size(): number {
    return this.#bySignature.size;
  }

  /** Adds stored groups, oldest first; one that is known already takes over the stored template. */
  add(known: Iterable<MessageGroup>): void {
    for (const { signature, template } of known) {
      const group = this.#bySignature.get(signature);
      if (group === undefined) this.#create(signature, template);
      else if (group.template.join(' ') !== template.join(' ')) this.#setTemplate(group, template);
    }
  }

  /**
   * The group of each message. New ones are all looked at before the first is grouped, and grouped in the order of
   * the alphabet: the order within a batch changes nothing. What was grouped before keeps its group, whatever a
   * template has become since.
   */
  group(messages: readonly MaskedMessage[]): readonly MessageGroup[] {
    this.#tick += 1;
    const unknown = new Map<string, MaskedMessage>();
    for (const message of messages) if (!this.#remembered.has(message.masked)) unknown.set(message.masked, message);
    const found = new Map<string, Group>();
    for (const [masked, group] of this.#placeAll([...unknown.values()])) found.set(masked, group);
    const grouped = messages.map(({ masked }) => {
      const group = found.get(masked) ?? this.#remembered.get(masked);
      if (group === undefined) throw new RangeError('Every message of the batch has been placed.');
      group.used = this.#tick;
      return group;
    });
    this.#remember(found);
    if (this.#bySignature.size > MAX_GROUPS || this.#bySkeleton.size > MAX_MEMORY) this.#forget();
    return grouped;
  }

  #placeAll(messages: readonly MaskedMessage[]): [string, Group][] {
    const read = messages
      .map(({ masked, signature }) => ({ masked, signature, skeleton: skeletonOf(masked) }))
      .sort((a, b) => (a.masked < b.masked ? -1 : 1));
    for (const { skeleton } of read) if (!this.#bySkeleton.has(skeleton.join(' '))) this.#learn(skeleton);
    return read.map(({ masked, signature, skeleton }) => [masked, this.#place(signature, skeleton)]);
  }

  #place(signature: string, skeleton: readonly string[]): Group {
    const text = skeleton.join(' ');
    const known =
      this.#bySkeleton.get(text) ?? this.#widened.get(skeleton.length)?.find((group) => fits(group.template, skeleton));
    const group = known ?? this.#join(skeleton) ?? this.#bySignature.get(signature);
    if (group === undefined) return this.#create(signature, skeleton);
    this.#bySkeleton.set(text, group);
    return group;
  }

  /** The group whose parameter this message has another value for: its template widens there. */
  #join(skeleton: readonly string[]): Group | undefined {
    const places = skeleton.map((_, index) => this.#placeAt(skeleton, index));
    const owner = places.find((place) => place?.owner !== undefined && place.weight >= EVIDENCE)?.owner;
    if (owner === undefined) return undefined;
    const wider = owner.template.map((token, index) => (token === skeleton[index] ? token : ANY));
    if (wordsOf(wider) < MIN_WORDS) return undefined;
    this.#setTemplate(owner, wider);
    return owner;
  }

  #create(signature: string, template: readonly string[]): Group {
    const group: Group = { signature, template: [], used: this.#tick };
    this.#bySignature.set(signature, group);
    this.#bySkeleton.set(template.join(' '), group);
    this.#setTemplate(group, template);
    this.#learn(template);
    for (let index = 0; index < template.length; index++) {
      const place = this.#placeAt(template, index);
      if (place !== undefined) place.owner ??= group;
    }
    return group;
  }

  #setTemplate(group: Group, template: readonly string[]): void {
    const wasWide = group.template.includes(ANY);
    group.template = template;
    if (wasWide || !template.includes(ANY)) return;
    const alike = this.#widened.get(template.length);
    if (alike === undefined) this.#widened.set(template.length, [group]);
    else alike.push(group);
  }

  #learn(skeleton: readonly string[]): void {
    for (let index = 0; index < skeleton.length; index++) {
      const place = this.#placeAt(skeleton, index);
      const token = skeleton[index] ?? '';
      if (place === undefined || place.weight >= EVIDENCE || place.seen.has(token)) continue;
      place.seen.add(token);
      place.weight += weightOf(skeleton[index - 1], token);
    }
  }

  /** What was seen at a place of messages that are equal everywhere else; undefined where it may never vary. */
  #placeAt(skeleton: readonly string[], index: number): Place | undefined {
    if (
      skeleton.length > MAX_PLACES ||
      skeleton[index] === ANY ||
      wordsOf(skeleton) - (isValue(skeleton[index]) ? 0 : 1) < MIN_WORDS
    )
      return undefined;
    const key = `${skeleton.slice(0, index).join(' ')}\n${skeleton.slice(index + 1).join(' ')}`;
    let place = this.#places.get(key);
    if (place === undefined) {
      place = { seen: new Set(), weight: 0, owner: undefined };
      this.#places.set(key, place);
    }
    return place;
  }

  #remember(found: ReadonlyMap<string, Group>): void {
    if (this.#remembered.size + found.size > MAX_MEMORY) this.#remembered.clear();
    for (const [masked, group] of found) this.#remembered.set(masked, group);
  }

  #forget(): void {
    const kept = [...this.#bySignature.values()].sort((a, b) => b.used - a.used).slice(0, MAX_GROUPS / 2);
    const keep = new Set(kept);
    const inOrder = [...this.#bySignature.values()].filter((group) => keep.has(group));
    for (const map of [this.#bySkeleton, this.#bySignature, this.#widened, this.#places, this.#remembered]) map.clear();
    this.add(inOrder);
  }
}

/**
 * Words weigh one, so it takes many; what looks like a name, or follows a key, is more likely a parameter. Capitals
 * are codes (ECONNREFUSED, NOT_FOUND), which tell faults apart.
 */
function weightOf(before: string | undefined, token: string): number {
  if (token === LIST) return EVIDENCE - 1;
  if (/^[A-Z][A-Z_]{3,}$/.test(token)) return 1;
  return token === VALUE || before?.endsWith('=') || /[._-]|[a-z][A-Z]/.test(token) ? 2 : 1;
}

function wordsOf(tokens: readonly string[]): number {
  let words = 0;
  for (const token of tokens) if (token !== ANY && !isValue(token)) words += 1;
  return words;
}

/** Whether a message of that skeleton, or every message of a template, belongs to the template. */
export function fits(template: readonly string[], skeleton: readonly string[]): boolean {
  return template.every((token, index) => token === ANY || token === skeleton[index]);
}
