import { hashText, type Rng } from '../core/simulate/rng.ts';
import { logNormal } from '../core/simulate/samplers.ts';
import { hexText, uuidText } from './ids.ts';
import type { Signature } from './signatures.ts';

const REGIONS = ['eu', 'us', 'apac'] as const;

/** The message of one occurrence: ids, hosts and durations differ every time. */
export function errorMessage(rng: Rng, signature: Signature, release: string): string {
  return fill(rng, signature.message, release);
}

/** The stack as the runtime prints it, or undefined for errors that come without. */
export function errorStack(rng: Rng, signature: Signature, message: string, release: string): string | undefined {
  if (signature.frames.length === 0) return undefined;
  const frames = signature.frames.map((frame) => `\n    at ${fill(rng, frame, release)}`).join('');
  return `${signature.type}: ${message}${frames}`;
}

function fill(rng: Rng, template: string, release: string): string {
  if (!template.includes('{')) return template;
  return template.replace(/\{(\w+)\}/g, (_, slot: string) => fillSlot(rng, slot, release));
}

function fillSlot(rng: Rng, slot: string, release: string): string {
  switch (slot) {
    case 'ms':
      return String(Math.round(logNormal(rng, 8000, 0.5)));
    case 'uuid':
      return uuidText(rng);
    case 'hex':
      return hexText(rng, 16);
    case 'id':
      return String(10_000 + rng.below(90_000));
    case 'ip':
      return `10.${rng.below(32)}.${rng.below(256)}.${1 + rng.below(254)}`;
    case 'host':
      return `${rng.pick(['api', 'orders', 'search', 'worker'])}-${rng.pick(REGIONS)}-${1 + rng.below(12)}.internal`;
    case 'region':
      return rng.pick(REGIONS);
    case 'asset':
      // A build gives its files new names, so minified frames change with every release.
      return hashText(release).toString(16).padStart(8, '0');
    default:
      return String(10 + rng.below(990));
  }
}
