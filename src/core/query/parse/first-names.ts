import { wordList } from './word-list.ts';

/** Common first names that are no words of questions: with a capital, and in no account's name, they are somebody's. */
export const FIRST_NAMES = wordList(
  `aaron adam alan albert alex alexander alice amanda amy andrea andrew andy angela anna anne anthony arthur ashley barbara ben
  benjamin betty bob bobby brandon brenda brian bruce carl carlos carol caroline catherine charles charlotte chris christian
  christina christine christopher cindy claire claudia cynthia daniel daniela david deborah dennis diana diane donald donna
  dorothy douglas edward elena elizabeth ellen emily emma eric erik eva evelyn felix frances frank gary george gerald gloria
  greg gregory hannah harold heather helen henry howard isabella jack jacob james jane janet jason jean jeff jeffrey jennifer
  jeremy jerry jessica jim joan joe john johnny jonathan jose joseph joshua joyce juan judith julia julie justin karen karl
  katherine kathleen kathryn katie keith kelly kenneth kevin kim kimberly klaus larry laura lauren lawrence lea lena leo leon
  linda lisa louis lucas lucy luis luke maria marie marilyn mario mark markus martha martin mary matt matthew max megan
  melissa mia michael michelle miguel mike mohammed muhammad nancy natalie nathan nicholas nicole nina noah olivia oliver oscar
  pamela patricia patrick paul paula peter philip pierre priya rachel ralph raymond rebecca richard robert roger ronald rosa
  roy russell ruth ryan samantha samuel sandra sara sarah scott sean sebastian sharon shirley simon sofia sophia sophie
  stephanie stephen steve steven susan tanja teresa theresa thomas tim timothy tina tom tyler victoria vincent virginia walter
  wayne william willie yuki zoe`,
);
