import { SeepassError } from '../errors.ts';
import type { Stores } from './ports.ts';

/**
 * Amounts are stored in minor units without their currency, so it cannot change under them.
 * @throws SeepassError `bad_config` when there is data in another currency.
 */
export async function keepCurrency(
  { settings, freshness, rollups }: Pick<Stores, 'settings' | 'freshness' | 'rollups'>,
  currency: string,
): Promise<void> {
  const kept = await settings.get('currency');
  if (kept === currency) return;
  const empty = (await freshness.list()).length === 0 && (await rollups.dateSpan()) === null;
  if (kept !== undefined && !empty)
    throw new SeepassError(
      'bad_config',
      `This workspace's money is in ${kept}, but SEEPASS_CURRENCY says ${currency}.`,
      {
        fix: `Set SEEPASS_CURRENCY=${kept}, or start another workspace with SEEPASS_WORKSPACE.`,
      },
    );
  await settings.set('currency', currency, 'system');
}
