import type { Rng } from '../core/simulate/rng.ts';
import { createWeighted, logNormal } from '../core/simulate/samplers.ts';
import { uuidText } from './ids.ts';
import type { Intensity } from './intensity.ts';
import type { Visitor } from './people.ts';
import { drawEnv, isoText, momentIn, type Scene } from './scene.ts';
import type { Stage } from './stage.ts';

const SERVER_FAULTS = [500, 500, 502, 503, 504] as const;
const ORDINARY: readonly (readonly [status: number, weight: number])[] = [
  [200, 88],
  [201, 5],
  [204, 3],
  [304, 2],
  [404, 1],
  [422, 0.5],
  [401, 0.3],
  [429, 0.1],
];
const drawOrdinary = createWeighted(ORDINARY.map(([, weight]) => weight));

/** Lines of the API's access log: latency with a log-normal tail; not every line carries a request id. */
export function playCalls(
  scene: Scene,
  stage: Stage,
  count: number,
  intensity: Intensity,
  level: number,
  drawVisitor: (rng: Rng) => Visitor,
): void {
  const { rng } = scene;
  const [median, sigma] = stage.surface.latency;
  const endpoint = stage.surface.endpoint;
  for (let i = 0; i < count; i++) {
    const { account, member } = drawVisitor(rng);
    const at = momentIn(scene);
    const status = drawStatus(rng, intensity);
    const request = uuidText(rng);
    const latency = logNormal(rng, median * level * intensity.latencyFactor, sigma);
    const surface = stage.address(rng);
    scene.emit(at, {
      ts: isoText(at),
      source: 'api_log',
      type: 'request',
      account: account.name,
      ...(stage.surface.views > 0 ? { user: member.user } : {}),
      surface,
      value: Math.round((status === 504 ? latency + 10_000 : status === 403 ? latency * 0.3 : latency) * 10) / 10,
      ...(rng.chance(0.88) ? { id: request } : {}),
      meta: {
        status,
        endpoint: endpoint.includes(':id') ? endpoint.replaceAll(':id', String(1000 + rng.below(9000))) : endpoint,
        release: scene.api.running(rng, at),
        env: drawEnv(rng),
        request_id: request,
      },
    });
  }
}

function drawStatus(rng: Rng, { failureRate, forbiddenRate }: Intensity): number {
  const roll = rng.next();
  if (roll < failureRate) return rng.pick(SERVER_FAULTS);
  if (roll < failureRate + forbiddenRate) return 403;
  return ORDINARY[drawOrdinary(rng)]?.[0] ?? 200;
}
