/** Everything the answers of the checks say, as figures that hypotheses are weighed by. Null is "no data". */
import type { Mark } from '../../query/why/why.ts';
import type { CheckAnswers } from '../checks/check.ts';
import { leadMetricOf } from '../checks/plan.ts';
import type { Situation } from '../situation.ts';
import { type FaultSigns, readFaults, readStatuses, type StatusSigns } from './faults.ts';
import { type FlowSigns, readFlows } from './flows.ts';
import { type ReleaseSign, readRelease } from './releases.ts';
import {
  type AccountSign,
  type EndpointSign,
  type PlatformSign,
  readAccount,
  readEndpoint,
  readPlatform,
  readSpread,
  type SpreadSign,
} from './segments.ts';

export interface Signs {
  situation: Situation;
  release: ReleaseSign | null;
  faults: FaultSigns | null;
  statuses: StatusSigns | null;
  account: AccountSign | null;
  platform: PlatformSign | null;
  endpoint: EndpointSign | null;
  spread: SpreadSign | null;
  flows: FlowSigns;
  marks: readonly Mark[];
}

export function readSigns(situation: Situation, answers: CheckAnswers, marks: readonly Mark[]): Signs {
  return {
    situation,
    release: readRelease(answers, situation, leadMetricOf(situation)),
    faults: readFaults(answers, situation),
    statuses: readStatuses(answers),
    account: readAccount(answers, situation),
    platform: readPlatform(answers, situation),
    endpoint: readEndpoint(answers, situation),
    spread: readSpread(answers, situation),
    flows: readFlows(answers, situation),
    marks,
  };
}
