import { countOf, formatCount } from '../core/facts/render.ts';
import { suggestSurfaceRules } from '../core/text/suggest-surface-rules.ts';
import { OTHER_SURFACE } from '../core/text/surface-rules.ts';
import { readWorkspaceConfig } from '../pipeline/workspace-config.ts';
import { addCommonOptions, type CommonOptions } from './options.ts';
import type { Subcommand } from './subcommand.ts';

/** `seepass surfaces`: the pages that are told apart, and rules for those that are too many. */
export const surfacesCommand: Subcommand = {
  configure(command, context) {
    addCommonOptions(
      command.command('suggest').description('segments with very many values, and the rule that would join them'),
    ).action(async (options: CommonOptions) => {
      const { stores, close } = await context.openStores(options.database);
      try {
        const known = await stores.surfaces.list();
        const { surfaces: config } = await readWorkspaceConfig(stores.settings);
        const suggestions = suggestSurfaceRules(known);
        const full = known.includes(OTHER_SURFACE);
        if (options.json)
          return context.printJson({ surfaces: known.length, cap: config.cap, other: full, suggestions });
        context.stdout.write(`${countOf(known.length, 'page')} told apart, at most ${formatCount(config.cap)}\n`);
        for (const { seen, rule, surfaces } of suggestions)
          context.stdout.write(`  ${seen} -> ${rule}   joins ${countOf(surfaces, 'page')}\n`);
        context.stdout.write(
          suggestions.length === 0
            ? 'No segment has very many values: nothing to join.\n'
            : 'Put the rules under surfaces in the workspace config: docs/workspace-config.md#pages\n',
        );
      } finally {
        await close();
      }
    });
  },
};
