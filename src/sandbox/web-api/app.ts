import { checkMessage } from '../../block-kit/message.ts';
import { validateBlocks } from '../../block-kit/validate.ts';
import { validateView } from '../../block-kit/view.ts';
import type { JsonRecord } from '../json.ts';
import { SlackRefusal } from '../refusal.ts';
import { APP } from '../state/workspace.ts';
import type { Args, MethodTable } from './call.ts';

function validate(args: Args): JsonRecord {
  const given = ['blocks', 'message', 'view'].filter((key) => args.has(key));
  if (given.length !== 1) throw new SlackRefusal('invalid_arguments');
  const failed = (error: string, faults: readonly { pointer: string; message: string }[]) => {
    const errors = faults.map((fault) => ({ ...fault, code: 'failed_constraint' }));
    return new SlackRefusal(error, { errors });
  };
  if (args.has('blocks')) {
    const faults = validateBlocks(args.json('blocks', 'invalid_blocks_format'), 'message');
    if (faults.length > 0) throw failed('invalid_blocks', faults);
  } else if (args.has('view')) {
    const faults = validateView(args.json('view', 'invalid_view'));
    if (faults.length > 0) throw failed('invalid_view', faults);
  } else {
    const message = args.record('message', 'invalid_message');
    const fault = checkMessage({ text: String(message?.text ?? ''), blocks: message?.blocks });
    if (fault?.error === 'invalid_blocks') throw failed('invalid_message', fault.faults);
    if (fault !== null) throw failed('invalid_message', [{ pointer: '/', message: fault.error }]);
  }
  return {};
}

export const appMethods: MethodTable = {
  'api.test': {
    token: 'none',
    handle({ args }) {
      const error = args.text('error');
      if (error !== undefined) throw new SlackRefusal(error, { args: args.echo() });
      return { args: args.echo() };
    },
  },
  'auth.test': {
    handle: ({ workspace }) => ({
      url: `${workspace.origin}/`,
      team: APP.teamName,
      user: APP.name.toLowerCase(),
      team_id: APP.teamId,
      user_id: APP.userId,
      bot_id: APP.botId,
      is_enterprise_install: false,
    }),
  },
  'apps.connections.open': { token: 'app', handle: ({ openConnection }) => ({ url: openConnection() }) },
  'blocks.validate': { handle: ({ args }) => validate(args) },
};
