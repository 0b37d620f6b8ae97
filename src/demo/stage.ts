import type { Rng } from '../core/simulate/rng.ts';
import { createWeighted, gammaFactor, logNormal } from '../core/simulate/samplers.ts';
import { type AddressOf, createAddress } from './addresses.ts';
import { DISPERSION, LATENCY_DRIFT } from './noise.ts';
import { backgroundSignatures, type Signature } from './signatures.ts';
import type { Surface } from './surface.ts';
import type { TicketTheme } from './ticket-theme.ts';
import { backgroundThemes } from './ticket-themes.ts';

/** A surface with what it needs to act: built once a product. */
export interface Stage {
  surface: Surface;
  address: AddressOf;
  signatures: readonly Signature[];
  drawSignature(rng: Rng): number;
  themes: readonly TicketTheme[];
}

/** How one surface's counts lie above or below their mean on one day. */
export interface DayFactors {
  views: number;
  errors: number;
  tickets: number;
  actions: number;
  dropoffs: number;
  latency: number;
}

export function createStage(surface: Surface): Stage {
  const all = backgroundSignatures(surface.area);
  // What only machines call has no browser to fail.
  const signatures = surface.views > 0 ? all : all.filter((signature) => signature.source === 'api_log');
  return {
    surface,
    address: createAddress(surface),
    signatures,
    drawSignature: createWeighted(signatures.map((signature) => signature.weight)),
    themes: backgroundThemes(surface.area),
  };
}

export function drawDayFactors(rng: Rng): DayFactors {
  return {
    views: gammaFactor(rng, DISPERSION.views),
    errors: gammaFactor(rng, DISPERSION.errors),
    tickets: gammaFactor(rng, DISPERSION.tickets),
    actions: gammaFactor(rng, DISPERSION.actions),
    dropoffs: gammaFactor(rng, DISPERSION.dropoffs),
    latency: logNormal(rng, 1, LATENCY_DRIFT),
  };
}
