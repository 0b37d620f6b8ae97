export const AREAS = [
  'checkout',
  'search',
  'account',
  'catalogue',
  'orders',
  'billing',
  'reports',
  'integrations',
  'onboarding',
  'marketing',
  'assistant',
  'inventory',
] as const;
export type Area = (typeof AREAS)[number];

/** How ids look in this surface's addresses. */
export type IdStyle = 'number' | 'uuid' | 'hex';

export interface Surface {
  /** The route template a normaliser should arrive at. */
  route: string;
  area: Area;
  ids: IdStyle;
  /** Relative number of page views a day; 0 for addresses only machines call. */
  views: number;
  /** Calls a page view causes, or, where `views` is 0, the relative number of calls a day. */
  calls: number;
  /** What is called, as the API log names it. */
  endpoint: string;
  /** Milliseconds: median and log-normal sigma. */
  latency: readonly [median: number, sigma: number];
  /** PostHog's event name and its probability a view. */
  action: readonly [event: string, rate: number];
  /** The stage at which people give up and its probability a view. */
  dropoff: readonly [stage: string, rate: number];
  /** Per page view, or per call where there are no views. */
  errors: number;
  tickets: number;
  /** Reached with a locale prefix and campaign parameters. */
  public: boolean;
}

type Detail = Partial<Omit<Surface, 'route' | 'area' | 'views'>>;

/** A page with ordinary rates, but for what is given. */
export const page = (route: string, area: Area, views: number, detail: Detail = {}): Surface => ({
  route,
  area,
  views,
  ids: 'number',
  calls: 0.2,
  endpoint: `GET /api/v1${route === '/' ? '/home' : route}`,
  latency: [95, 0.55],
  action: ['button_clicked', 0.14],
  dropoff: ['page_exit', 0.06],
  errors: 0.012,
  tickets: 0.008,
  public: false,
  ...detail,
});

/** An address only machines call. */
export const machine = (route: string, area: Area, calls: number, endpoint: string, detail: Detail = {}): Surface => ({
  ...page(route, area, 0, { endpoint, errors: 0.01, tickets: 0, action: ['none', 0], dropoff: ['none', 0], ...detail }),
  calls,
});
