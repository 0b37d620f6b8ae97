import { listGeneratedSurfaces } from './generated-surfaces.ts';
import { machine, page, type Surface } from './surface.ts';

/** Larkspur, a wholesale ordering platform: most important first, because a small product takes the first few. */
const WRITTEN: readonly Surface[] = [
  page('/checkout', 'checkout', 46, {
    endpoint: 'POST /api/v1/checkout',
    latency: [260, 0.5],
    action: ['checkout_submitted', 0.46],
    dropoff: ['payment', 0.28],
    tickets: 0.011,
    calls: 0.25,
  }),
  page('/search', 'search', 15, {
    endpoint: 'GET /api/v1/search',
    latency: [320, 0.63],
    action: ['search_result_clicked', 0.38],
    dropoff: ['no_result_clicked', 0.12],
    calls: 1,
    tickets: 0.005,
  }),
  page('/dashboard', 'reports', 26, { latency: [180, 0.6], errors: 0.055, tickets: 0.004 }),
  page('/cart', 'checkout', 12, {
    endpoint: 'PUT /api/v1/cart',
    action: ['cart_updated', 0.4],
    dropoff: ['cart', 0.22],
    tickets: 0.006,
  }),
  page('/products/:id', 'catalogue', 14, { action: ['product_added', 0.24], public: true, tickets: 0.003 }),
  page('/billing/invoices', 'billing', 14, { action: ['invoice_downloaded', 0.3], tickets: 0.02 }),
  machine('/webhooks/orders', 'integrations', 8, 'POST /webhooks/orders', { latency: [60, 0.5], errors: 0.008 }),
  page('/login', 'account', 10, { endpoint: 'POST /api/v1/session', action: ['logged_in', 0.62], tickets: 0.012 }),
  page('/reports', 'reports', 12, { latency: [410, 0.6], action: ['report_opened', 0.3], tickets: 0.007 }),
  page('/orders', 'orders', 9, { action: ['order_opened', 0.42], tickets: 0.007 }),
  page('/pricing', 'marketing', 9, {
    action: ['plan_selected', 0.3],
    dropoff: ['plan_choice', 0.3],
    public: true,
    calls: 0.05,
    tickets: 0.004,
  }),
  page('/onboarding', 'onboarding', 6, {
    action: ['step_completed', 0.48],
    dropoff: ['company_details', 0.16],
    tickets: 0.018,
    errors: 0.015,
  }),
  page('/', 'marketing', 9, { action: ['cta_clicked', 0.11], public: true, calls: 0.04, tickets: 0.001 }),
  page('/products', 'catalogue', 7, { action: ['filter_applied', 0.31], public: true, tickets: 0.002 }),
  page('/settings/integrations', 'integrations', 4, { action: ['integration_connected', 0.09], tickets: 0.024 }),
  page('/orders/:id', 'orders', 6, { action: ['order_reordered', 0.16], tickets: 0.012 }),
  page('/assistant', 'assistant', 4, {
    endpoint: 'POST /api/v1/assistant/messages',
    latency: [900, 0.5],
    action: ['suggestion_accepted', 0.2],
    tickets: 0.006,
  }),
  machine('/api/v1/orders', 'orders', 7, 'POST /api/v1/orders', { latency: [140, 0.55] }),
  machine('/api/v1/products/:id', 'catalogue', 6, 'GET /api/v1/products/:id', { latency: [45, 0.6] }),
  page('/signup', 'onboarding', 3, { action: ['signup_submitted', 0.3], dropoff: ['email_form', 0.33], public: true }),
  page('/reports/:id', 'reports', 3, { ids: 'uuid', latency: [520, 0.65], action: ['report_exported', 0.2] }),
  page('/reports/new', 'reports', 2, {
    latency: [300, 0.6],
    action: ['report_created', 0.34],
    dropoff: ['builder', 0.2],
  }),
  page('/inventory', 'inventory', 3, { action: ['stock_adjusted', 0.22] }),
  page('/suppliers', 'catalogue', 2.5, { action: ['supplier_opened', 0.36] }),
  page('/suppliers/:id', 'catalogue', 2.2, { ids: 'hex', action: ['supplier_contacted', 0.08] }),
  page('/approvals', 'orders', 2.4, { action: ['order_approved', 0.45], tickets: 0.01 }),
  page('/quotes', 'orders', 2, { action: ['quote_requested', 0.2] }),
  page('/quotes/:id', 'orders', 1.8, {
    ids: 'uuid',
    action: ['quote_accepted', 0.18],
    dropoff: ['quote_review', 0.15],
  }),
  page('/settings/team', 'account', 1.7, { action: ['member_invited', 0.2], tickets: 0.014 }),
  page('/help', 'marketing', 1.6, { public: true, action: ['article_opened', 0.5], tickets: 0.03 }),
  page('/help/articles/:id', 'marketing', 1.8, { public: true, action: ['article_rated', 0.07], tickets: 0.012 }),
  page('/settings/profile', 'account', 1.2, { action: ['profile_saved', 0.25] }),
  machine('/webhooks/stripe', 'billing', 2.5, 'POST /webhooks/stripe', { latency: [70, 0.5] }),
  page('/billing/payment-methods', 'billing', 0.9, { action: ['card_updated', 0.3], tickets: 0.03 }),
  page('/inventory/:id/movements', 'inventory', 0.8, { action: ['movement_logged', 0.2] }),
  page('/billing', 'billing', 0.9, { action: ['plan_changed', 0.05], tickets: 0.02 }),
  page('/imports', 'inventory', 0.5, { action: ['file_imported', 0.4], errors: 0.04, tickets: 0.03 }),
  page('/settings/security', 'account', 0.4, { action: ['mfa_enabled', 0.12] }),
  page('/settings/api-keys', 'integrations', 0.25, { action: ['api_key_created', 0.2] }),
  page('/settings/audit-log', 'account', 0.2, { action: ['log_filtered', 0.3] }),
];

/** The product's surfaces; each has a template of its own. */
export function listSurfaces(count: number): Surface[] {
  const written = WRITTEN.slice(0, count);
  return count <= written.length ? written : [...written, ...listGeneratedSurfaces(count - written.length)];
}
