import type { Rng } from '../core/simulate/rng.ts';
import { logNormal } from '../core/simulate/samplers.ts';
import { campaignOf } from './addresses.ts';
import { startConversation } from './assistant.ts';
import type { DemoEvent, MetaValue } from './demo-event.ts';
import { timedUuidText } from './ids.ts';
import type { Intensity } from './intensity.ts';
import { placeOrder } from './money.ts';
import type { Visitor } from './people.ts';
import { isoText, momentIn, type Scene } from './scene.ts';
import type { DayFactors, Stage } from './stage.ts';

/** Share of page views that end a session, which PostHog then reports with its length. */
export const SESSION_RATE = 0.07;
/** Share of visits to the assistant that become a conversation. */
export const CONVERSATION_RATE = 0.5;

/** Page views and what people do on them: actions, drop-offs, sessions, orders, conversations. */
export function playVisits(
  scene: Scene,
  stage: Stage,
  count: number,
  intensity: Intensity,
  factors: DayFactors,
  drawVisitor: (rng: Rng) => Visitor,
): void {
  const { rng } = scene;
  const { surface } = stage;
  const actionRate = Math.min(0.97, intensity.actionRate * factors.actions);
  const dropoffRate = Math.min(0.97, intensity.dropoffRate * factors.dropoffs);
  for (let i = 0; i < count; i++) {
    const visitor = drawVisitor(rng);
    const at = momentIn(scene);
    const address = stage.address(rng);
    const release = scene.web.running(rng, at);
    const device = drawDevice(rng);
    const send = (later: number, type: DemoEvent['type'], event: string, extra?: Record<string, MetaValue>) => {
      const ts = at + Math.round(later);
      scene.emit(ts, {
        ts: isoText(ts),
        source: 'posthog',
        type,
        account: visitor.account.name,
        user: visitor.member.user,
        surface: address,
        id: timedUuidText(rng, ts),
        meta: { event, release, env: 'prod', ...device, plan: visitor.account.plan, ...extra },
      });
      return ts;
    };
    const campaign = campaignOf(address);
    send(0, 'pageview', '$pageview', campaign === undefined ? undefined : { campaign });
    const roll = rng.next();
    if (roll < actionRate) {
      const acted = send(logNormal(rng, 14_000, 0.8), 'action', surface.action[0]);
      if (surface.action[0] === 'checkout_submitted') placeOrder(scene, visitor, acted);
    } else if (roll > 1 - dropoffRate) {
      send(logNormal(rng, 45_000, 0.9), 'dropoff', 'step_abandoned', { stage: surface.dropoff[0] });
    }
    if (rng.chance(SESSION_RATE)) endSession(scene, visitor, at, address);
    if (surface.area === 'assistant' && rng.chance(CONVERSATION_RATE)) startConversation(scene, visitor, at, address);
  }
}

function endSession(scene: Scene, visitor: Visitor, since: number, surface: string): void {
  const minutes = Math.min(240, logNormal(scene.rng, 7, 0.9));
  const at = since + Math.round(minutes * 60_000);
  scene.emit(at, {
    ts: isoText(at),
    source: 'posthog',
    type: 'session',
    account: visitor.account.name,
    user: visitor.member.user,
    surface,
    value: Math.round(minutes * 10) / 10,
    id: timedUuidText(scene.rng, at),
    meta: { event: '$session_ended', env: 'prod', plan: visitor.account.plan },
  });
}

const WEB: Record<string, MetaValue> = { platform: 'web' };
const PHONES: readonly Record<string, MetaValue>[] = [
  { platform: 'ios', app_version: '3.9.2' },
  { platform: 'ios', app_version: '3.9.1' },
  { platform: 'android', app_version: '3.9.2' },
  { platform: 'android', app_version: '3.8.7' },
];

function drawDevice(rng: Rng): Record<string, MetaValue> {
  return rng.chance(0.83) ? WEB : rng.pick(PHONES);
}
