import type { Rng } from '../core/simulate/rng.ts';
import { hexText, uuidText } from './ids.ts';
import type { IdStyle, Surface } from './surface.ts';

const LOCALES = ['en', 'de', 'fr', 'es', 'en-GB'] as const;
const CAMPAIGNS = [
  'utm_source=google&utm_medium=cpc&utm_campaign=wholesale_q1',
  'utm_source=newsletter&utm_medium=email&utm_campaign=restock',
  'utm_source=linkedin&utm_medium=social&utm_campaign=buyers',
] as const;
const QUERIES = ['tab=all', 'page=2', 'sort=-created_at', 'ref=nav', 'page=3&per_page=50', 'view=compact'] as const;

const SEARCHES = [
  'stretch+film',
  'm8+bolt',
  'copy+paper+a4',
  'nitrile%20gloves',
  'AB-1200',
  'LED+panel',
  'espresso+beans',
] as const;

/** Makes addresses of one surface as a browser or log would show them: ids, locale prefix, query string. */
export type AddressOf = (rng: Rng) => string;

export function createAddress(surface: Surface): AddressOf {
  const parts = surface.route.split(':id');
  return (rng) => {
    let path = parts[0] ?? '/';
    for (let i = 1; i < parts.length; i++) path += idText(rng, surface.ids) + (parts[i] ?? '');
    if (surface.public && rng.chance(0.35)) path = `/${rng.pick(LOCALES)}${path === '/' ? '' : path}`;
    if (surface.views === 0) return path;
    const roll = rng.next();
    if (surface.public && roll < 0.12) return `${path}?${rng.pick(CAMPAIGNS)}`;
    if (surface.area === 'search' && roll > 0.4) return `${path}?q=${rng.pick(SEARCHES)}`;
    if (roll > 0.9) return `${path}?${rng.pick(QUERIES)}`;
    return path;
  };
}

/** The campaign that an address carries, where it has one. */
export function campaignOf(address: string): string | undefined {
  const at = address.indexOf('utm_campaign=');
  return at < 0 ? undefined : address.slice(at + 13);
}

function idText(rng: Rng, style: IdStyle): string {
  if (style === 'uuid') return uuidText(rng);
  if (style === 'hex') return hexText(rng, 24);
  return String(1000 + Math.floor(9000 * rng.next() ** 2));
}
