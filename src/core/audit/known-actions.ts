/** What audit entries can be about, in plain words. A new kind of entry is one more line here. */
import type { AuditClass } from './audit-class.ts';

export interface KnownAction {
  /** How long it is kept. Changes where left out. */
  class?: AuditClass;
  /** What follows a name: "approved a proposal". */
  did: string;
}

const KNOWN: Readonly<Record<string, KnownAction>> = {
  'question.ask': { class: 'questions', did: 'asked a question' },
  'question.again': { class: 'questions', did: 'looked at an answer again' },
  'question.replay': { class: 'questions', did: 'had an answer computed again' },
  'command.run': { class: 'questions', did: 'used /seepass' },
  'accounts.view': { class: 'access', did: 'asked for rows by account' },
  'answer.export': { class: 'access', did: 'took an answer as a file' },
  'audit.view': { class: 'access', did: 'read the audit' },
  'audit.export': { class: 'access', did: 'exported the audit' },
  'audit.drop': { class: 'drops', did: 'dropped entries past their time' },

  'setting.change': { did: 'changed a setting' },
  'setting.open': { did: 'opened the settings' },
  'role.grant': { did: 'gave a role' },
  'role.revoke': { did: 'took back a role' },
  'subscription.add': { did: 'subscribed a channel' },
  'subscription.change': { did: 'changed a subscription' },
  'subscription.end': { did: 'ended a subscription' },
  'subscription.pause': { did: 'paused a subscription' },
  'subscription.resume': { did: 'resumed a subscription' },
  'mute.add': { did: 'kept something quiet' },
  'mute.lift': { did: 'let something speak up again' },
  'maintenance.declare': { did: 'declared maintenance' },
  'maintenance.cancel': { did: 'cancelled maintenance' },
  'annotation.add': { did: 'marked a moment' },
  'label.missed': { did: 'reported something missed' },
  'label.false': { did: 'reported a false finding' },
  'vote.useful': { did: 'said whether an item was useful' },
  'signature.merge': { did: 'merged two errors' },
  'signature.unmerge': { did: 'parted two errors' },

  'incident.act': { did: 'tried to change an incident' },
  'incident.opened': { did: 'opened an incident' },
  'incident.joined': { did: 'added to an incident' },
  'incident.escalated': { did: 'raised an incident’s severity' },
  'incident.eased': { did: 'lowered an incident’s severity' },
  'incident.acknowledged': { did: 'took on an incident' },
  'incident.released': { did: 'handed back an incident' },
  'incident.snoozed': { did: 'snoozed an incident' },
  'incident.woken': { did: 'woke an incident' },
  'incident.recovering': { did: 'saw an incident recover' },
  'incident.worsened': { did: 'saw an incident worsen' },
  'incident.resolved': { did: 'resolved an incident' },
  'incident.reopened': { did: 'reopened an incident' },
  'incident.closed': { did: 'closed an incident' },

  'proposal.propose': { did: 'proposed an action' },
  'proposal.approve': { did: 'approved a proposal' },
  'proposal.dismiss': { did: 'dismissed a proposal' },
  'proposal.reject': { did: 'rejected a proposal' },
  'proposal.edit': { did: 'edited a proposal' },
  'proposal.withdraw': { did: 'withdrew a proposal' },
  'proposal.object': { did: 'objected to what was approved' },
  'proposal.remind': { did: 'reminded of a proposal' },
  'proposal.expire': { did: 'let a proposal expire' },
  'proposal.execute': { did: 'carried out a proposal' },
  'execution.start': { did: 'began an action' },
  'execution.retry': { did: 'put an action back to try again' },
  'execution.finish': { did: 'finished an action' },
  'execution.stop': { did: 'stopped all actions' },
  'cycle.run': { did: 'ran the whole loop by hand' },
  'execution.resume': { did: 'let actions run again' },
  'owner.notice': { did: 'told an owner' },
  'effect.check': { did: 'checked whether an action helped' },
  'deliveries.retry': { did: 'put deliveries back to be read again' },
  'backfill.begin': { did: 'began to read what a tool holds' },
  'backfill.finish': { did: 'read what a tool holds to its end' },
  'runbook.add': { did: 'added a runbook' },
  'runbook.update': { did: 'updated a runbook' },
  'runbook.remove': { did: 'removed a runbook' },
};

export const KNOWN_ACTIONS: ReadonlyMap<string, KnownAction> = new Map(Object.entries(KNOWN));

/** What is not known is kept as long as changes are. */
export const classOf = (action: string): AuditClass => KNOWN_ACTIONS.get(action)?.class ?? 'changes';

/** "approved a proposal"; an action of a newer version by its own name: "runbook, retire". */
export function wordsOf(action: string): string {
  return KNOWN_ACTIONS.get(action)?.did ?? action.replaceAll('_', ' ').replace('.', ', ');
}
