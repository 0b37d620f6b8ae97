/** What a made-up product is like, and what is planted into its last days. */
export interface Page {
  surface: string;
  /** A day; 0 for what only programs call. */
  views: number;
  requests: number;
  errorRate: number;
  latency: number;
  actionRate: number;
  ticketRate: number;
  /** Orders per action. */
  orderRate: number;
}

export interface PlantedErrors {
  signature: string;
  /** Per view, or per request where there are no views. */
  rate: number;
  release?: string;
  platform?: string;
  account?: string;
}

export interface Effect {
  /** `*` for every page. */
  pages: readonly string[];
  /** On so many days up to the last. */
  days: number;
  traffic?: number;
  /** Share of views that still arrive. */
  tracked?: number;
  calls?: number;
  errors?: readonly PlantedErrors[];
  /** The usual errors, times this; under one release only where it is named. */
  usualErrors?: { factor: number; release?: string };
  latency?: { factor: number; release?: string };
  actions?: { factor: number; release?: string };
  orders?: number;
  dropoffs?: { factor: number; release?: string };
  tickets?: { topic: string; rate: number };
  /** Requests answered so, as a share of all. */
  statuses?: readonly { status: string; share: number; account?: string }[];
  /** Views of one account's script, per usual view. */
  script?: { account: string; views: number };
}

export interface Rollout {
  release: string;
  /** Days before the end that it went out on; 1 is the last day. */
  daysAgo: number;
  /** Share of traffic on the first day, and from the next on. */
  shares: readonly [first: number, later: number];
}

export interface Plan {
  seed: number;
  pages: readonly Page[];
  rollouts: readonly Rollout[];
  effects: readonly Effect[];
}
