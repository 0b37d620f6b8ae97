/** One bucket or reading of a series. */
export interface SeriesPoint {
  /** Epoch ms. */
  at: number;
  /** The reading; with `total` the count of events in it. */
  value: number;
  /** What `value` is a part of: sessions, requests. Undefined for a series that is only values. */
  total?: number | undefined;
}

/** Where a point stands: still learning, in line, the first of an episode, a later one of it, or not to be judged. */
export type PointState = 'learning' | 'normal' | 'onset' | 'ongoing' | 'unjudged';

export interface PointVerdict {
  at: number;
  flagged: boolean;
  /** 0 to 1, growing with surprise; flagged from 0.5 on. Within an episode only a far worse point passes 0.3. */
  score: number;
  expected: number;
  lower: number;
  upper: number;
  /** One plain sentence. */
  reason: string;
  state: PointState;
}

/** What a model makes of a point, from earlier points alone. */
export interface Surprise {
  /** Evidence over the evidence that makes a flag: 1 is enough. */
  strength: number;
  /** The same for the point by itself, where `strength` also looks at those before it. */
  alone: number;
  expected: number;
  lower: number;
  upper: number;
  /** What is odd about it. */
  way: 'High' | 'Low' | 'Restless' | 'Still';
  /** What is there and what was expected; no full stop. */
  describe(): string;
  /** Takes the point in. `accepted`: it is strange, but has been for so long that it is the new normal. */
  learn(accepted: boolean): void;
}

/** Learns one series, point by point, in constant memory. */
export interface SeriesModel {
  /** Points it must have seen before it is believed. */
  readonly learning: number;
  /** Buckets without surprise that end an episode. */
  readonly quietAfter: number;
  /** Buckets after which what is still strange becomes the new normal. */
  readonly acceptAfter: number;
  /** Whether a point is what came together over its grain, so that one cut short says too little. */
  readonly gathers: boolean;
  weigh(point: SeriesPoint): Surprise;
}
