import type { ActionType } from '../../core/actions.ts';
import type { JsonObject, SuggestedAction } from '../../core/records.ts';
import { SeepassError } from '../../errors.ts';

/**
 * The action with some of its parameters changed, parsed as strictly as when it was proposed.
 * @throws SeepassError `bad_arguments` that says what does not fit, or may not be edited.
 */
export function editedAction(
  type: ActionType | undefined,
  action: SuggestedAction,
  changes: JsonObject,
): SuggestedAction {
  if (type === undefined) throw new SeepassError('bad_arguments', `No action is called "${action.type}" any more.`);
  const editable = type.fields.map(({ name }) => name);
  const fixed = Object.keys(changes).filter((name) => !editable.includes(name));
  if (fixed.length > 0)
    throw new SeepassError('bad_arguments', `${fixed.map((name) => `"${name}"`).join(', ')} cannot be edited.`, {
      fix: editable.length > 0 ? `What can: ${editable.join(', ')}.` : 'Nothing of it can.',
    });
  const parsed = type.prepare({ ...action.parameters, ...changes });
  if (!parsed.ok) throw new SeepassError('bad_arguments', `That does not fit: ${parsed.faults.join('; ')}.`);
  return { ...action, parameters: parsed.action.parameters };
}
