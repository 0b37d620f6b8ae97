import { LIMITS } from '../../block-kit/limits.ts';
import { validateView } from '../../block-kit/view.ts';
import type { JsonRecord } from '../json.ts';
import { refuseFaults, SlackRefusal } from '../refusal.ts';
import type { StoredView } from '../state/view-store.ts';
import type { Workspace } from '../state/workspace.ts';
import type { ApiCall, MethodTable } from './call.ts';

/** Refuses a faulty view as Slack does: `invalid_arguments` with pointers under `/view`. */
export function checkView(view: unknown, expected: 'modal' | 'home'): JsonRecord {
  if (typeof view !== 'object' || view === null) throw new SlackRefusal('invalid_arguments');
  if (Buffer.byteLength(JSON.stringify(view)) > LIMITS.view.bytes) throw new SlackRefusal('view_too_large');
  const faults = validateView(view);
  if ('type' in view && view.type !== expected) faults.push({ pointer: '/type', message: `must be "${expected}"` });
  if (faults.length > 0) throw refuseFaults('invalid_arguments', faults, '/view');
  return { ...view };
}

/** Shows a change of somebody's modals on their page. */
const shown = (workspace: Workspace, userId: string, view: StoredView): JsonRecord => {
  workspace.announce({ kind: view.type === 'home' ? 'home' : 'views', userId });
  return { view };
};

function refuseTakenExternalId({ workspace }: ApiCall, view: JsonRecord): void {
  const id = view.external_id;
  if (typeof id !== 'string' || id === '') return;
  if (workspace.views.find((other) => other.external_id === id)) throw new SlackRefusal('duplicate_external_id');
}

function update(call: ApiCall): JsonRecord {
  const { workspace, args } = call;
  const viewId = args.text('view_id');
  const externalId = args.text('external_id');
  if ((viewId === undefined) === (externalId === undefined)) throw new SlackRefusal('invalid_arguments');
  const found = workspace.views.find((view) => (viewId ? view.id === viewId : view.external_id === externalId));
  if (found === undefined) throw new SlackRefusal('not_found');
  const hash = args.text('hash');
  if (hash !== undefined && hash !== found.view.hash) throw new SlackRefusal('hash_conflict');
  const view = checkView(args.json('view', 'invalid_arguments'), found.view.type);
  const replaced = workspace.views.replace(found.view.id, view);
  return shown(workspace, replaced.userId, replaced.view);
}

export const viewMethods: MethodTable = {
  'views.open': {
    handle(call) {
      const view = checkView(call.args.json('view', 'invalid_arguments'), 'modal');
      refuseTakenExternalId(call, view);
      const userId = call.workspace.triggers.exchange(call.args.need('trigger_id'));
      return shown(call.workspace, userId, call.workspace.views.open(userId, view));
    },
  },
  'views.push': {
    handle(call) {
      const view = checkView(call.args.json('view', 'invalid_arguments'), 'modal');
      refuseTakenExternalId(call, view);
      const userId = call.workspace.triggers.exchange(call.args.need('trigger_id'));
      return shown(call.workspace, userId, call.workspace.views.push(userId, view));
    },
  },
  'views.update': { handle: update },
  'views.publish': {
    handle({ workspace, args }) {
      const userId = workspace.person(args.need('user_id')).id;
      const view = checkView(args.json('view', 'invalid_arguments'), 'home');
      const hash = args.text('hash');
      if (hash !== undefined && hash !== workspace.views.home(userId)?.hash) throw new SlackRefusal('hash_conflict');
      return shown(workspace, userId, workspace.views.publish(userId, view));
    },
  },
};
