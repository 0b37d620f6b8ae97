import { hashText, type Rng } from '../core/simulate/rng.ts';
import { poisson } from '../core/simulate/samplers.ts';
import { errorMessage, errorStack } from './error-text.ts';
import { hexText, uuidText } from './ids.ts';
import type { Intensity } from './intensity.ts';
import type { Visitor } from './people.ts';
import { drawEnv, isoText, momentIn, type Scene } from './scene.ts';
import type { Signature } from './signatures.ts';
import type { Stage } from './stage.ts';

/**
 * Errors of one surface in one hour: the usual mix, and what incidents add.
 * @param exposure page views, or calls where there are no views.
 */
export function playErrors(
  scene: Scene,
  stage: Stage,
  exposure: number,
  intensity: Intensity,
  factor: number,
  drawVisitor: (rng: Rng) => Visitor,
): void {
  const { rng } = scene;
  for (let left = poisson(rng, exposure * intensity.errorRate * factor); left > 0; left--) {
    const signature = stage.signatures[stage.drawSignature(rng)];
    if (signature) emitError(scene, stage, signature, drawVisitor(rng), undefined);
  }
  for (const { signature, rate, release } of intensity.extraErrors) {
    for (let left = poisson(rng, exposure * rate * factor); left > 0; left--)
      emitError(scene, stage, signature, drawVisitor(rng), release);
  }
}

function emitError(
  scene: Scene,
  stage: Stage,
  signature: Signature,
  { account, member }: Visitor,
  faultyRelease: string | undefined,
): void {
  const { rng } = scene;
  const at = momentIn(scene);
  const front = signature.source === 'sentry';
  const release = faultyRelease ?? (front ? scene.web : scene.api).running(rng, at);
  const message = errorMessage(rng, signature, release);
  const stack = errorStack(rng, signature, message, release);
  const id = front ? hexText(rng, 32) : uuidText(rng);
  const hasId = front || rng.chance(0.85);
  scene.emit(at, {
    ts: isoText(at),
    source: signature.source,
    type: 'error',
    account: account.name,
    ...(stage.surface.views > 0 && rng.chance(0.93) ? { user: member.user } : {}),
    surface: stage.address(rng),
    severity: signature.severity,
    ...(hasId ? { id } : {}),
    meta: {
      message,
      ...(stack === undefined ? {} : { stack }),
      ...(signature.code === undefined ? {} : { error_code: signature.code }),
      ...(front ? { event: signature.type, platform: 'javascript' } : backEndMeta(stage, signature, id, hasId)),
      release,
      env: drawEnv(rng),
      url: front ? sentryLink(signature, id) : logLink(signature, id, hasId),
    },
  });
}

function backEndMeta(stage: Stage, signature: Signature, id: string, hasId: boolean) {
  return {
    endpoint: stage.surface.endpoint,
    ...(signature.status === undefined ? {} : { status: signature.status }),
    ...(hasId ? { request_id: id } : {}),
  };
}

function sentryLink(signature: Signature, id: string): string {
  return `https://larkspur.sentry.io/issues/${6_000_000_000 + hashText(signature.key)}/events/${id}/`;
}

function logLink(signature: Signature, id: string, hasId: boolean): string {
  const query = hasId ? `request_id:${id}` : `error:${signature.type}`;
  return `https://logs.larkspur.example/search?q=${encodeURIComponent(query)}`;
}
