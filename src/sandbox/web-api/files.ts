import { recordsOf, textOf } from '../json.ts';
import { SlackRefusal } from '../refusal.ts';
import { toSlackFile } from '../state/file-store.ts';
import { APP } from '../state/workspace.ts';
import type { ApiCall, MethodTable } from './call.ts';

/** Slack's own limit. */
const MOST_ALT_TEXT = 1_000;

function complete(call: ApiCall) {
  const { workspace, args } = call;
  const asked = recordsOf(args.json('files', 'invalid_arguments'));
  if (asked.length === 0) throw new SlackRefusal('invalid_arguments');
  const files = asked.map((one) => {
    const file = workspace.files.find(textOf(one.id) ?? '');
    if (file === undefined || file.content.length === 0) throw new SlackRefusal('file_not_found');
    file.title = textOf(one.title) ?? file.title;
    return file;
  });
  const wanted = args.text('channel_id');
  const channel = wanted === undefined ? undefined : workspace.channel(wanted);
  if (channel !== undefined && !channel.members.has(APP.userId)) throw new SlackRefusal('not_in_channel');
  if (channel?.isArchived) throw new SlackRefusal('is_archived');
  for (const file of files) {
    file.isComplete = true;
    if (channel !== undefined) file.channels.push(channel.id);
  }
  const objects = files.map((file) => toSlackFile(file, workspace.origin, APP.teamId));
  if (channel !== undefined) {
    const threadTs = args.text('thread_ts');
    workspace.postAsApp({
      channel: channel.id,
      subtype: 'file_share',
      text: args.text('initial_comment') ?? '',
      files: objects,
      ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
    });
  }
  return { files: objects };
}

export const fileMethods: MethodTable = {
  'files.getUploadURLExternal': {
    scopes: ['files:write'],
    handle({ workspace, args }) {
      const length = Number(args.need('length'));
      if (!Number.isInteger(length) || length < 1) throw new SlackRefusal('invalid_arguments');
      const altText = args.text('alt_txt');
      if (altText !== undefined && altText.length > MOST_ALT_TEXT) throw new SlackRefusal('alt_txt_too_large');
      const file = workspace.files.reserve(args.need('filename'), APP.userId, workspace.now(), altText);
      return { upload_url: `${workspace.origin}/upload/${file.id}`, file_id: file.id };
    },
  },
  'files.completeUploadExternal': { scopes: ['files:write'], handle: complete },
  'files.info': {
    scopes: ['files:read'],
    handle({ workspace, args }) {
      const file = workspace.fileObject(args.need('file'));
      if (file === undefined) throw new SlackRefusal('file_not_found');
      return { file, comments: [], response_metadata: { next_cursor: '' } };
    },
  },
};
