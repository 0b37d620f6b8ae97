import type { Faker } from '@faker-js/faker';
import type { Rng } from '../core/simulate/rng.ts';
import type { Visitor } from './people.ts';
import type { TicketTheme } from './ticket-theme.ts';
import { withTypo } from './typos.ts';

export interface TicketText {
  subject: string;
  body: string;
  /** What an agent answers first. */
  answer: string;
}

/** Facts of one ticket, so that the customer and the agent speak of the same order. */
export type TicketFacts = (slot: string) => string;

const GREETINGS = [
  'Hi,',
  'Hello,',
  'Hi there,',
  'Good morning,',
  'Hello team,',
  'Dear support,',
  'Hi Larkspur team,',
] as const;
const HELLOS = ['hi', 'Hello', 'Hey', 'Hi'] as const;
const ASKS = [
  'Can you help?',
  'Could you have a look please?',
  'Please advise.',
  'What can I do?',
  'Thanks for checking.',
  'Any idea?',
] as const;
const CLOSINGS = ['Best regards', 'Thanks', 'Kind regards', 'Many thanks', 'Regards', 'Cheers'] as const;
const FOLLOW_UPS = [
  'Thanks, that worked.',
  'Great, thank you for the quick answer!',
  'Still the same on my side, I am afraid.',
  'ok, will try tomorrow and let you know',
  'Perfect, you can close this.',
  'That is not what I asked, but I found it meanwhile. Thanks anyway.',
  'Works now. Could you tell me what it was?',
  'Any news on this? We are still waiting.',
] as const;
const SECOND_ANSWERS = [
  'Glad to hear it, {name}. I will close this for now, just reply if anything else comes up.',
  'Thanks for trying, {name}. I have passed it to our engineers with your example and will come back to you tomorrow.',
  'No news yet, sorry. It is still open with the team and I have raised its priority.',
] as const;

/** Draws each fact once, on first use. */
export function createFacts(rng: Rng, faker: Faker, { account, member }: Visitor): TicketFacts {
  const known = new Map<string, string>();
  return (slot) => {
    const value = known.get(slot) ?? drawFact(rng, faker, slot, account.name, account.plan, member);
    known.set(slot, value);
    return value;
  };
}

function drawFact(
  rng: Rng,
  faker: Faker,
  slot: string,
  company: string,
  plan: string,
  member: Visitor['member'],
): string {
  switch (slot) {
    case 'name':
      return member.firstName;
    case 'email':
      return rng.chance(0.6) ? member.user : faker.internet.email({ provider: 'mail.example' }).toLowerCase();
    case 'phone':
      return rng.chance(0.5)
        ? faker.phone.number({ style: 'international' })
        : faker.phone.number({ style: 'national' });
    case 'person':
      return faker.person.fullName();
    case 'company':
      return company;
    case 'plan':
      return plan[0]?.toUpperCase() + plan.slice(1);
    case 'order':
      return `LS-${40_000 + rng.below(20_000)}`;
    case 'invoice':
      return `INV-${20_000 + rng.below(9000)}`;
    case 'sku':
      return faker.helpers.replaceSymbols('??-####');
    case 'amount':
      return `${rng.pick(['$', '€', '£'])}${faker.commerce.price({ min: 40, max: 4200 })}`;
    default:
      return String(12 + rng.below(900));
  }
}

/** A ticket as a customer writes it: a mail with greeting and name, or a chat message without. */
export function writeTicket(rng: Rng, theme: TicketTheme, facts: TicketFacts, style: 'mail' | 'chat'): TicketText {
  const [subject, body, answer] = rng.pick(theme.cases).map((part) => fillFacts(part, facts));
  const sentences = [body ?? ''];
  if (rng.chance(style === 'mail' ? 0.75 : 0.4)) sentences.push(fillFacts(rng.pick(theme.details), facts));
  // Who has put a question needs no other.
  if (rng.chance(0.4) && theme.severity > 0 && !sentences.some((sentence) => sentence.includes('?')))
    sentences.push(theme.category === 'bug' && rng.chance(0.25) ? 'When will this be fixed?' : rng.pick(ASKS));
  const ended = sentences.map((sentence, nth) => (nth < sentences.length - 1 ? withStop(sentence) : sentence));
  const text = withTypo(rng, asTyped(rng, ended.join(' '), style));
  const words = { subject: subject ?? '', answer: answer ?? '' };
  if (style === 'mail') return { ...words, body: `${rng.pick(GREETINGS)}\n\n${text}\n\n${signature(rng, facts)}` };
  return {
    ...words,
    body: rng.chance(0.35) && !/^hi\b/i.test(text) ? `${rng.pick(HELLOS)}, ${afterComma(text)}` : text,
  };
}

/** What the agent answers once the customer has written again. */
export function writeSecondAnswer(rng: Rng, facts: TicketFacts): string {
  return fillFacts(rng.pick(SECOND_ANSWERS), facts);
}

/** What the customer writes back. */
export function writeFollowUp(rng: Rng): string {
  return withTypo(rng, rng.pick(FOLLOW_UPS));
}

function fillFacts(template: string, facts: TicketFacts): string {
  return template.replace(/\{(\w+)\}/g, (_, slot: string) => facts(slot));
}

function signature(rng: Rng, facts: TicketFacts): string {
  const lines = [rng.pick(CLOSINGS), facts('name')];
  if (rng.chance(0.4)) lines.push(facts('company'));
  if (rng.chance(0.15)) lines.push(`Tel. ${facts('phone')}`);
  return lines.join('\n');
}

const withStop = (sentence: string): string => (/[.?!"]$/.test(sentence) ? sentence : `${sentence}.`);

/** Mails start with a capital and end with a full stop, chat messages often do neither. */
function asTyped(rng: Rng, text: string, style: 'mail' | 'chat'): string {
  if (style === 'mail') return withStop((text[0] ?? '').toUpperCase() + text.slice(1));
  return rng.chance(0.3) ? afterComma(text) : text;
}

/** "I ..." and acronyms keep their capital. */
function afterComma(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? (text[0] ?? '').toLowerCase() + text.slice(1) : text;
}
