import type { Rng } from '../core/simulate/rng.ts';
import { logNormal, poisson } from '../core/simulate/samplers.ts';
import type { DemoEvent, MetaValue } from './demo-event.ts';
import type { Intensity } from './intensity.ts';
import type { Visitor } from './people.ts';
import { isoText, momentIn, type Scene } from './scene.ts';
import type { Stage } from './stage.ts';
import { createFacts, writeFollowUp, writeSecondAnswer, writeTicket } from './ticket-text.ts';
import type { TicketTheme } from './ticket-theme.ts';

const MINUTE_MS = 60_000;
const LONGEST_WAIT_MINUTES = 72 * 60;
const ANSWERED = 0.9;
const FOLLOWED_UP = 0.45;
const ANSWERED_AGAIN = 0.6;

/** About how many replies a ticket gets. */
export const REPLIES_PER_TICKET = ANSWERED * (1 + FOLLOWED_UP * (1 + ANSWERED_AGAIN));

/** Conversations that start on this surface in this hour, with the replies that follow over the next days. */
export function playTickets(
  scene: Scene,
  stage: Stage,
  views: number,
  intensity: Intensity,
  factor: number,
  drawVisitor: (rng: Rng) => Visitor,
): void {
  const { rng } = scene;
  for (let left = poisson(rng, views * intensity.ticketRate * factor); left > 0; left--)
    openTicket(scene, stage, rng.pick(stage.themes), drawVisitor(rng));
  for (const { theme, rate } of intensity.extraTickets)
    for (let left = poisson(rng, views * rate * factor); left > 0; left--)
      openTicket(scene, stage, theme, drawVisitor(rng));
}

function openTicket(scene: Scene, stage: Stage, theme: TicketTheme, visitor: Visitor): void {
  const { rng } = scene;
  const { account, member } = visitor;
  const chat = rng.chance(0.6);
  const source = chat ? 'intercom' : 'helpscout';
  let at = momentIn(scene);
  const conversation = conversationId(rng, source, at);
  const facts = createFacts(rng, scene.faker, visitor);
  const { subject, body, answer } = writeTicket(rng, theme, facts, chat ? 'chat' : 'mail');
  // Chat knows the page people were on; a mail often does not.
  const surface = chat || rng.chance(0.8) ? { surface: stage.address(rng) } : {};
  const shared = { conversation_id: conversation, url: linkTo(source, conversation), plan: account.plan };
  const send = (at: number, type: DemoEvent['type'], user: string, id: string, meta: Record<string, MetaValue>) =>
    scene.emit(at, {
      ts: isoText(at),
      source,
      type,
      account: account.name,
      user,
      ...surface,
      ...(type === 'ticket' ? { severity: drawSeverity(rng, theme) } : {}),
      id,
      meta: { ...shared, ...meta },
    });
  send(at, 'ticket', member.user, conversation, {
    event: chat ? 'conversation.user.created' : 'convo.created',
    ...(chat && rng.chance(0.5) ? {} : { subject }),
    text: body,
    category: theme.category,
    platform: chat ? 'messenger' : 'email',
    ...(rng.chance(0.45) ? { ticket_topic: theme.topic } : {}),
  });
  const wait = (median: number) => Math.round(Math.min(LONGEST_WAIT_MINUTES, logNormal(rng, median, 1.1)) * MINUTE_MS);
  const reply = (nth: number, role: 'agent' | 'customer', text: string) =>
    send(at, 'reply', role === 'agent' ? rng.pick(scene.agents) : member.user, `${conversation}-${nth}`, {
      event: role === 'agent' ? 'reply.agent' : 'reply.customer',
      role,
      text,
    });
  if (!rng.chance(ANSWERED)) return;
  at += wait(chat ? 24 : 95);
  reply(1, 'agent', answer);
  if (!rng.chance(FOLLOWED_UP)) return;
  at += wait(50);
  reply(2, 'customer', writeFollowUp(rng));
  if (!rng.chance(ANSWERED_AGAIN)) return;
  at += wait(35);
  reply(3, 'agent', writeSecondAnswer(rng, facts));
}

/** Rising numbers as both tools give them; the seconds within keep them apart. */
function conversationId(rng: Rng, source: 'intercom' | 'helpscout', at: number): string {
  const seconds = Math.floor(at / 1000) - 1_000_000_000;
  return source === 'intercom'
    ? String(215_000_000_000_000 + seconds * 1000 + rng.below(1000))
    : String(seconds * 100 + rng.below(100));
}

function drawSeverity(rng: Rng, theme: TicketTheme): number {
  const roll = rng.next();
  return Math.max(0, Math.min(4, theme.severity + (roll < 0.15 ? -1 : roll > 0.88 ? 1 : 0)));
}

function linkTo(source: 'intercom' | 'helpscout', conversation: string): string {
  return source === 'intercom'
    ? `https://app.intercom.com/a/inbox/larkspur/inbox/conversation/${conversation}`
    : `https://secure.helpscout.net/conversation/${conversation}`;
}
