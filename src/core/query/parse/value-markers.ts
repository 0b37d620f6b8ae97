import { wordList } from './word-list.ts';

/** Words beside a value that say which dimension it is of: "the growth plan", "at the payment stage". */
export const MARKERS: Readonly<Record<string, { before: ReadonlySet<string>; after: ReadonlySet<string> }>> = {
  plan: {
    before: wordList('plan tier plans package'),
    after: wordList(
      `plan plans tier tiers customer customers account accounts user users company companies subscriber subscribers client clients people org orgs package segment teams only`,
    ),
  },
  platform: {
    before: wordList('platform device os on for'),
    after: wordList(`platform app user users device devices customers only people clients visitors traffic`),
  },
  category: {
    before: wordList('category categorised categorized type tagged kind categories marked labelled labeled'),
    after: wordList(
      `category ticket tickets type complaint complaints cases conversations questions issues categories`,
    ),
  },
  stage: {
    before: wordList('stage step'),
    after: wordList(`stage step stages steps`),
  },
  tool: {
    before: wordList('tool tools function'),
    after: wordList(`tool tools calls call function`),
  },
  use_case: {
    before: wordList('case usecase cases'),
    after: wordList(`use usecase conversations chats case cases tasks`),
  },
  env: {
    before: wordList('env environment in on'),
    after: wordList(`env environment only`),
  },
  source: {
    before: wordList('source from in via by through sources'),
    after: wordList(`source data errors events tickets only`),
  },
  ticket_topic: {
    before: wordList('topic theme about regarding topics'),
    after: wordList(`topic theme tickets ticket complaints`),
  },
  error_signature: {
    before: wordList('signature error code'),
    after: wordList(`error errors signature exceptions`),
  },
  account: {
    before: wordList('account company customer for by'),
    after: wordList(`account`),
  },
};

/** Values that are words of everyday questions: alone they limit nothing. */
export const EVERYDAY = wordList(
  `free growth question bug access request billing web app basic pro team business standard payment cart builder reorder trial plus api other general feedback search login checkout`,
);
