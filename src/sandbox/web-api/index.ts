/** The method table. A new family is one file and one line here. */
import { appMethods } from './app.ts';
import { assistantMethods } from './assistant.ts';
import type { MethodTable } from './call.ts';
import { chatMethods } from './chat.ts';
import { conversationMethods } from './conversations.ts';
import { fileMethods } from './files.ts';
import { peopleMethods } from './people.ts';
import { reactionMethods } from './reactions.ts';
import { streamMethods } from './streams.ts';
import { viewMethods } from './views.ts';

export const METHODS: MethodTable = {
  ...appMethods,
  ...assistantMethods,
  ...chatMethods,
  ...conversationMethods,
  ...fileMethods,
  ...peopleMethods,
  ...reactionMethods,
  ...streamMethods,
  ...viewMethods,
};
