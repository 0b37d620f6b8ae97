/** How people ask why. */
import { phrases } from './phrases.ts';

export const EXPLAIN = phrases`
  why
  how come
  did (?:\w+ ){0,4}(?:break|cause|hurt|ruin|trigger)
  for (?:what|which) reason
  (?:the|a|any|whats the|some) (?:cause|reason|explanation)
  reasons?$
  cause$
  what (?:\w+ ){0,2}(?:caused?|causes|causing|drove|drives|explains?|made|makes|triggered|led to|lies behind|changed in|went wrong|broke|happened|moved|drove up|brought|contributed|contributes|pushed)
  whats? (?:is |was |are |were )?(?:\w+ ){0,2}(?:driving|behind|causing|wrong|going on|happening|responsible|pushing|making|killing|dragging|going wrong|up with|contributing)
  reasons? (?:for|behind|why|that|of|we|is|was)
  root ?cause
  cause of
  causes of
  causes for
  cause for
  cause behind
  explain
  explanation
  diagnose
  diagnosis
  whats the reason
  what is the reason
  what gives
  account for
  since when
  when did (?:it|that|this|they|the \w+) (?:start|begin|first|happen)
  tell me more
  more (?:details?|info\w*|context)
  elaborate
  go deeper
  expand on
  who or what is
  which (?:release|change|segment|deploy\w*) (?:caused|broke|drove|explains)
  (?:is|was|were|are) .{1,60} (?:caused by|due to|because of|to blame|responsible for)
  blame
`;
