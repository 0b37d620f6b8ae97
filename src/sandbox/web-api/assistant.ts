import { SlackRefusal } from '../refusal.ts';
import type { MethodTable } from './call.ts';

const MOST_CHARACTERS = 500;

export const assistantMethods: MethodTable = {
  'assistant.threads.setStatus': {
    scopes: ['assistant:write'],
    handle({ workspace, args }) {
      const channel = workspace.channel(args.need('channel_id'));
      const thread = args.need('thread_ts');
      const status = args.text('status') ?? '';
      if (status.length > MOST_CHARACTERS) throw new SlackRefusal('invalid_arguments');
      if (workspace.messages.find(channel.id, thread) === undefined) throw new SlackRefusal('thread_not_found');
      workspace.statuses.push({ channel: channel.id, thread, status });
      return {};
    },
  },
};
