import { describeDailyQuiet, MOST_A_WEEK, type SettingsForm } from '../../../core/delivery/workspace-settings.ts';
import { SENSITIVITIES } from '../../../core/detect/sensitivity.ts';
import type { JsonObject, Sensitivity } from '../../../core/records.ts';
import { SETTINGS_CALLBACK, SETTINGS_INPUTS } from '../../home-ids.ts';
import { context } from '../elements.ts';
import { formModal, input, lineInput, menu, numberInput, option, peopleMenu } from '../form.ts';
import { mention } from '../mention.ts';

export const SETTINGS_TITLE = 'Settings';
/** The choice that follows the environment. */
export const FROM_ENVIRONMENT = 'environment';

const LEVELS: Readonly<Record<Sensitivity, string>> = {
  quiet: 'Quiet: only what nobody would overlook',
  normal: 'Normal',
  eager: 'Eager: smaller things too',
};

/** The form for admins. @param setUp the sensitivity that the environment says. */
export function buildSettingsModal({ settings, approvers, configured }: SettingsForm, setUp: Sensitivity): JsonObject {
  const { quiet, budget, sensitivity, approvers: people } = SETTINGS_INPUTS;
  const follow = option(`As set up: ${setUp}`, FROM_ENVIRONMENT);
  const levels = SENSITIVITIES.map((level) => option(LEVELS[level], level));
  const chosen = settings.sensitivity === null ? follow : option(LEVELS[settings.sensitivity], settings.sensitivity);
  return formModal(SETTINGS_CALLBACK, { title: SETTINGS_TITLE, submit: 'Save', metadata: '' }, [
    input(
      quiet,
      'Quiet hours of new alert subscriptions',
      lineInput(quiet, {
        longest: 40,
        ...(settings.quietHours === null ? {} : { initial: describeDailyQuiet(settings.quietHours) }),
        placeholder: '22:00–07:00',
      }),
      {
        isOptional: true,
        hint: 'On the channel’s own clock. Only high severity is told then. Leave it empty for none.',
      },
    ),
    input(
      budget,
      'Alerts a week and channel',
      numberInput(budget, { least: 0, most: MOST_A_WEEK, initial: settings.weeklyBudget }),
      {
        hint: 'Of new alert subscriptions. Beyond it, alerts wait for the digest; high severity never waits.',
      },
    ),
    input(sensitivity, 'How readily I tell', menu(sensitivity, 'Choose', [follow, ...levels], chosen), {
      hint: 'From the next judgement on. It changes what is told, never a figure.',
    }),
    input(people, 'Approvers', peopleMenu(people, 'Who may approve suggestions', approvers), {
      isOptional: true,
      hint: 'Besides whom SEEPASS_APPROVERS names.',
    }),
    context(configuredWords(configured)),
  ]);
}

function configuredWords({ admins, approvers }: SettingsForm['configured']): string {
  const named = (who: readonly string[]): string => who.slice(0, 10).map(mention).join(', ') || 'nobody';
  return `Set up in the environment: admins ${named(admins)}; approvers ${named(approvers)}. Every change is kept in the audit log with who made it.`;
}
