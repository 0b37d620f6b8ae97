import { type Area, page, type Surface } from './surface.ts';

const MODULES: readonly (readonly [name: string, area: Area])[] = [
  ['purchasing', 'orders'],
  ['warehouse', 'inventory'],
  ['finance', 'billing'],
  ['catalog-admin', 'catalogue'],
  ['analytics', 'reports'],
  ['connect', 'integrations'],
  ['sales', 'orders'],
  ['logistics', 'inventory'],
  ['compliance', 'account'],
  ['partners', 'catalogue'],
  ['marketplace', 'search'],
  ['workspace', 'account'],
  ['automation', 'integrations'],
  ['subscriptions', 'billing'],
  ['planning', 'reports'],
  ['returns-desk', 'orders'],
];

// biome-ignore format: a word list reads better in rows
const NOUNS = [
  'orders', 'shipments', 'contracts', 'budgets', 'vendors', 'bundles', 'price-lists', 'discounts', 'tax-rules', 'returns',
  'transfers', 'stock-counts', 'bins', 'carriers', 'labels', 'credit-notes', 'statements', 'payouts', 'disputes', 'exports',
  'dashboards', 'alerts', 'schedules', 'segments', 'forecasts', 'connectors', 'mappings', 'sync-jobs', 'templates', 'rules',
  'tasks', 'comments', 'documents', 'certificates', 'audits', 'teams', 'roles', 'locations', 'cost-centres', 'projects',
] as const;

// biome-ignore format: a word list reads better in rows
const VIEWS = [
  'edit', 'history', 'activity', 'permissions', 'attachments', 'lines', 'approvals', 'preview', 'settings', 'duplicate',
  'notes', 'contacts', 'timeline', 'totals', 'compare', 'share', 'archive', 'schedule', 'issues', 'summary',
  'rates', 'limits', 'members', 'variants', 'forecast', 'reconcile', 'receipts', 'allocations', 'exceptions', 'webhooks',
] as const;

/** Plausible routes of a grown product: lists, one item, and views of it, thinning out like a long tail. */
export function listGeneratedSurfaces(count: number): Surface[] {
  const surfaces: Surface[] = [];
  const depths: readonly (string | null)[] = [null, '', ...VIEWS.map((view) => `/${view}`)];
  for (const depth of depths) {
    for (const noun of NOUNS) {
      for (const [module, area] of MODULES) {
        if (surfaces.length === count) return surfaces;
        const base = `/${module}/${noun}`;
        const route = depth === null ? base : `${base}/:id${depth}`;
        const nth = surfaces.length;
        surfaces.push(
          page(route, area, 6 / (1 + nth / 4) ** 0.6, {
            ids: nth % 3 === 0 ? 'uuid' : 'number',
            action: [`${noun.replace('-', '_')}_saved`, 0.1 + (nth % 7) * 0.03],
            dropoff: ['page_exit', 0.04 + (nth % 5) * 0.02],
            errors: 0.006 + (nth % 6) * 0.003,
            latency: [60 + (nth % 11) * 25, 0.5 + (nth % 4) * 0.05],
          }),
        );
      }
    }
  }
  return surfaces;
}
