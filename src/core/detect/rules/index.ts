import type { Rule } from '../rule.ts';
import { coOccurrence } from './co-occurrence.ts';
import { concentration } from './concentration.ts';
import { conversionDrop } from './conversion-drop.ts';
import { errorCount } from './error-count.ts';
import { failureStorm } from './failure-storm.ts';
import { ingestGap } from './ingest-gap.ts';
import { insufficientHistory } from './insufficient-history.ts';
import { lag } from './lag.ts';
import { latency } from './latency.ts';
import { newSignature } from './new-signature.ts';
import { reconciliation } from './reconciliation.ts';
import { release } from './release.ts';
import { signatureSpike } from './signature-spike.ts';
import { signatureSwap } from './signature-swap.ts';
import { spike } from './spike.ts';
import { spreadingSignature } from './spreading-signature.ts';
import { trafficDrop } from './traffic-drop.ts';
import { underMaintenance } from './under-maintenance.ts';

/** Every rule. Adding one is a file in this folder and a line here. */
export const RULES: readonly Rule[] = [
  spike,
  conversionDrop,
  failureStorm,
  errorCount,
  reconciliation,
  latency,
  trafficDrop,
  signatureSpike,
  newSignature,
  spreadingSignature,
  insufficientHistory,
  underMaintenance,
  ingestGap,
  coOccurrence,
  lag,
  concentration,
  release,
  signatureSwap,
];
