/** Every button and form of the App Home. */
export const HOME_ACTIONS = {
  acknowledge: 'home_acknowledge',
  liftMute: 'home_lift_mute',
  refresh: 'home_refresh',
  settings: 'home_settings',
  approvals: 'home_approvals',
  approve: 'home_approve',
  /** A link: Slack tells of the press all the same. */
  open: 'home_open',
} as const;

export const SETTINGS_CALLBACK = 'settings_modal';

export const APPROVALS_CALLBACK = 'approvals_modal';

/** Inputs of the form about approvals: block and action share a name. */
export const APPROVALS_INPUTS = {
  lowRisk: 'approvals_low_risk',
  groups: 'approvals_groups',
  wait: 'approvals_wait',
  disabled: 'approvals_disabled',
} as const;

/** Inputs of the settings form: block and action share a name. */
export const SETTINGS_INPUTS = {
  quiet: 'settings_quiet',
  budget: 'settings_budget',
  sensitivity: 'settings_sensitivity',
  approvers: 'settings_approvers',
} as const;
