/** How people ask what to do about something. */
import { phrases } from './phrases.ts';

/** Whatever it is about, what people wrote down of it is asked for. */
export const ASKS_RUNBOOKS = phrases`
  run ?books?
  play ?books?
  how (?:do|should|can|would) (?:we|i|you) (?:handle|deal with)
`;

export const RUNBOOK = phrases`
  run ?books?
  play ?books?
  how (?:do|can|should|would|to|could|did) (?:i |we |you |one |they |somebody |someone |anyone )?(?:\w+ )?(?:fix|resolve|solve|mitigate|troubleshoot|debug|remediate|handle|repair|recover from|deal with|address|get rid of|work around|stop)
  steps (?:to|for) (?:\w+ )?(?:fix\w*|resolv\w*|mitigat\w*|recover\w*|handl\w*|debug\w*|troubleshoot\w*|rotat\w*|restor\w*)
  what (?:do|should|to|can) (?:i |we )?do (?:when|if|about|for|against|to fix)
  procedure (?:for|to|when|if)
  (?:on ?call|incident|escalation|recovery|remediation) (?:guide|instructions?|docs?|documentation|procedure|steps|manual|policy|checklist)
  how is .{1,60} (?:fixed|resolved|handled)
  instructions? (?:for|to) (?:fix\w*|handl\w*|resolv\w*)
  (?:docs?|documentation|guide|checklist|instructions) (?:for|on|about) (?:fix\w*|handl\w*|resolv\w*|recover\w*|dealing)
`;
