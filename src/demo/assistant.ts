import { logNormal } from '../core/simulate/samplers.ts';
import type { DemoEvent, MetaValue } from './demo-event.ts';
import { hexText } from './ids.ts';
import type { Visitor } from './people.ts';
import type { Scene } from './scene.ts';

const USE_CASES = ['find_product', 'reorder', 'order_status', 'compare_suppliers', 'draft_quote'] as const;
const TOOLS: readonly (readonly [name: string, credits: number])[] = [
  ['search_products', 1],
  ['check_stock', 1],
  ['order_status', 1],
  ['draft_quote', 4],
  ['reorder_proposal', 5],
];
const QUESTIONS = [
  'Which of our usual articles are below minimum stock?',
  'Where is my last order?',
  'find a cheaper alternative for stretch film 500mm',
  'Draft a quote for 40 cartons of copy paper',
  'Reorder what we bought last month please',
  'Compare delivery times of our two glove suppliers',
  'what did we spend on packaging last month',
] as const;

/** About how many events a conversation has. */
export const EVENTS_PER_CONVERSATION = 6.6;

/** A conversation with the shop's assistant: messages, tool calls, and how it ended. */
export function startConversation(scene: Scene, { account, member }: Visitor, since: number, surface: string): void {
  const { rng } = scene;
  const conversation = `conv_${hexText(rng, 20)}`;
  const useCase = rng.pick(USE_CASES);
  let at = since + Math.round(logNormal(rng, 9000, 0.6));
  const send = (type: DemoEvent['type'], prefix: string, meta: Record<string, MetaValue>, value?: number) => {
    scene.emit(at, {
      // Our own back end sends epoch milliseconds.
      ts: at,
      source: 'app',
      type,
      account: account.name,
      user: member.user,
      surface,
      ...(value === undefined ? {} : { value }),
      id: `${prefix}_${hexText(rng, 16)}`,
      meta: {
        event: `assistant.${type}`,
        conversation_id: conversation,
        use_case: useCase,
        plan: account.plan,
        env: 'prod',
        ...meta,
      },
    });
    at += Math.round(logNormal(rng, 11_000, 0.7));
  };
  const blocked = rng.chance(account.plan === 'free' ? 0.22 : account.plan === 'starter' ? 0.07 : 0.02);
  const abandoned = !blocked && rng.chance(0.21);
  const turns = 1 + rng.below(blocked ? 2 : 4);
  for (let turn = 0; turn < turns; turn++) {
    send('message', 'msg', turn === 0 ? { role: 'user', text: rng.pick(QUESTIONS) } : { role: 'user' });
    if (blocked && turn === turns - 1) break;
    if (rng.chance(0.55)) {
      const [tool, credits] = rng.pick(TOOLS);
      send('tool_call', 'tool', { tool, success: !rng.chance(0.05) }, credits);
    }
    if (abandoned && turn === turns - 1) break;
    send('message', 'msg', { role: 'assistant' }, 1);
  }
  const status = blocked ? 'blocked_by_credits' : abandoned ? 'abandoned' : 'completed';
  send('completion', 'done', { completion_status: status, success: status === 'completed' });
}
