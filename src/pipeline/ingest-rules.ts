/** What a workspace declares that holds while events come in: rules for its pages, and keys of its people. */
import { createIdentifier } from '../core/identity-config.ts';
import type { Event } from '../core/records.ts';
import { createSurfaceCap, createSurfacePlacer } from '../core/text/surface-rules.ts';
import { withDefaults } from '../core/workspace-config.ts';
import type { Stores } from './ports.ts';
import { readWorkspaceConfig } from './workspace-config.ts';

export interface IngestRules {
  /** The page a route template is stored under. */
  place(route: string): string;
  /** The event with the declared keys for its person and account. */
  identify(event: Event): Event;
  /**
   * Reads what is declared now; pages that are known are read again only where it changed.
   * @throws SeepassError `bad_config` when what is stored is not understood; what held before holds on.
   */
  refresh(): Promise<void>;
}

/** The defaults hold until the first refresh. A process knows which pages it let in: several may pass the cap by a few. */
export function createIngestRules({ settings, surfaces }: Pick<Stores, 'settings' | 'surfaces'>): IngestRules {
  let held = '';
  let rules = compile(withDefaults({}), []);
  return {
    place: (route) => rules.place(route),
    identify: (event) => rules.identify(event),
    async refresh() {
      const config = await readWorkspaceConfig(settings);
      const wanted = JSON.stringify([config.surfaces, config.identity]);
      if (wanted === held) return;
      rules = compile(config, await surfaces.list());
      held = wanted;
    },
  };
}

function compile(
  { surfaces, identity }: Pick<ReturnType<typeof withDefaults>, 'surfaces' | 'identity'>,
  known: readonly string[],
): Pick<IngestRules, 'place' | 'identify'> {
  const byRule = createSurfacePlacer(surfaces.rules);
  // Pages that a rule joins from now on take one place, not theirs of before.
  const admit = createSurfaceCap(surfaces.cap, known.map(byRule));
  return { place: (route) => admit(byRule(route)), identify: createIdentifier(identity) };
}
