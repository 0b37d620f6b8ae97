import type { Area } from './surface.ts';

/** A kind of error the product throws. `{slots}` are filled anew each time, see error-text.ts. */
export interface Signature {
  key: string;
  source: 'sentry' | 'api_log';
  /** The exception's class. */
  type: string;
  /** Machine code, where this part of the product gives one. */
  code?: string;
  message: string;
  /** Innermost first, without "at"; none for log lines that carry no stack. */
  frames: readonly string[];
  /** Where it happens in the background; none: only in incidents. */
  areas: readonly Area[] | 'everywhere';
  weight: number;
  /** 0-4, 4 worst. */
  severity: number;
  /** HTTP status the server answered with, for errors of the API. */
  status?: number;
}

const NODE_TAIL = [
  'Layer.handle [as handle_request] (/srv/api/node_modules/express/lib/router/layer.js:95:5)',
  'process.processTicksAndRejections (node:internal/process/task_queues:95:5)',
] as const;
const REACT_TAIL = [
  'Object.invokeGuardedCallback (https://app.larkspur.example/assets/vendor-{asset}.js:2:61873)',
  'commitWork (https://app.larkspur.example/assets/vendor-{asset}.js:2:90442)',
] as const;

const browser = (
  key: string,
  type: string,
  message: string,
  frames: readonly string[],
  areas: Signature['areas'],
  weight = 1,
  more: Partial<Signature> = {},
): Signature => ({
  key,
  source: 'sentry',
  type,
  message,
  areas,
  weight,
  severity: 2,
  frames: frames.length > 0 ? [...frames, ...REACT_TAIL] : [],
  ...more,
});

const server = (
  key: string,
  type: string,
  message: string,
  frames: readonly string[],
  areas: Signature['areas'],
  weight = 1,
  more: Partial<Signature> = {},
): Signature => ({
  key,
  source: 'api_log',
  type,
  message,
  areas,
  weight,
  severity: 3,
  status: 500,
  frames: frames.length > 0 ? [...frames, ...NODE_TAIL] : [],
  ...more,
});

const asset = (chunk: string, column: number) => `https://app.larkspur.example/assets/${chunk}-{asset}.js:1:${column}`;

// biome-ignore format: one error a line
export const SIGNATURES: readonly Signature[] = [
  // The browser.
  browser('cart-total', 'TypeError', "Cannot read properties of undefined (reading 'total')", [`CartSummary (${asset('cart', 48213)})`], ['checkout'], 2),
  browser('client-secret', 'TypeError', "Cannot read properties of null (reading 'clientSecret')", ['confirmPayment (src/checkout/confirm-payment.ts:57:29)', 'onSubmit (src/checkout/CheckoutForm.tsx:142:11)'], ['checkout'], 1.4),
  browser('address-format', 'RangeError', 'Invalid country calling code: +{n}', ['formatPhone (src/checkout/address/format-phone.ts:23:13)', 'AddressForm (src/checkout/address/AddressForm.tsx:88:20)'], ['checkout'], 0.8),
  browser('chunk-load', 'ChunkLoadError', 'Loading chunk {n} failed.\n(error: https://app.larkspur.example/assets/orders-{asset}.js)', [], 'everywhere', 1.6, { severity: 1 }),
  browser('fetch-failed', 'TypeError', 'Failed to fetch', ['request (src/lib/http-client.ts:64:18)', 'useQuery (src/lib/use-query.ts:31:22)'], 'everywhere', 2.2, { severity: 1 }),
  browser('resize-loop', 'Error', 'ResizeObserver loop completed with undelivered notifications.', [], 'everywhere', 1.2, { severity: 0 }),
  browser('hydration', 'Error', 'Hydration failed because the server rendered HTML did not match the client.', [`throwOnHydrationMismatch (${asset('vendor', 117804)})`], ['marketing', 'catalogue'], 1.3, { severity: 1 }),
  browser('hits-map', 'TypeError', 'e.hits.map is not a function', [`SearchResults (${asset('search', 21977)})`, `a.render (${asset('search', 22410)})`], ['search'], 1.6),
  browser('facet-undefined', 'TypeError', "undefined is not an object (evaluating 't.facets[{n}].label')", [`FacetList@${asset('search', 30118)}`], ['search', 'catalogue'], 1),
  browser('chart-nan', 'Error', '<path> attribute d: Expected number, "MNaN,{n}LNaN,{n}".', ['drawLine (src/reports/charts/draw-line.ts:112:9)', 'RevenueChart (src/reports/RevenueChart.tsx:40:16)'], ['reports'], 1.4, { severity: 1 }),
  browser('widget-timeout', 'TimeoutError', 'Widget "open-orders" did not load in {ms} ms', ['loadWidget (src/dashboard/load-widget.ts:49:15)', 'Dashboard (src/dashboard/Dashboard.tsx:73:9)'], ['reports'], 2),
  browser('quota', 'QuotaExceededError', "Failed to execute 'setItem' on 'Storage': Setting the value of 'draft:{uuid}' exceeded the quota.", ['saveDraft (src/orders/drafts/save-draft.ts:18:16)'], ['orders', 'inventory'], 0.8, { severity: 1 }),
  browser('invoice-blob', 'TypeError', "Failed to execute 'createObjectURL' on 'URL': Overload resolution failed.", ['downloadInvoice (src/billing/invoices/download-invoice.ts:36:27)', 'InvoiceRow (src/billing/invoices/InvoiceRow.tsx:61:12)'], ['billing'], 1.2),
  browser('oauth-popup', 'Error', 'Popup closed before authorization finished (state={hex})', ['awaitPopup (src/integrations/oauth/await-popup.ts:71:13)'], ['integrations'], 1.4, { severity: 1 }),
  browser('session-expired', 'SessionExpiredError', 'Session {uuid} expired {n} minutes ago', ['readSession (src/auth/session.ts:92:11)', 'requireUser (src/auth/require-user.ts:20:17)'], ['account', 'onboarding'], 1.8, { severity: 1, code: 'SESSION_EXPIRED' }),
  browser('stepper-state', 'InvariantError', 'Step "company" cannot follow "invite" (wizard {uuid})', ['advance (src/onboarding/wizard-machine.ts:134:13)', 'NextButton (src/onboarding/NextButton.tsx:27:9)'], ['onboarding'], 1.5),
  browser('vat-parse', 'SyntaxError', 'Unexpected token \'<\', "<!DOCTYPE "... is not valid JSON', ['lookUpVatNumber (src/onboarding/vat/look-up.ts:44:24)'], ['onboarding', 'billing'], 0.9),
  browser('stream-cut', 'NetworkError', 'Assistant stream {uuid} ended after {n} chunks', ['readStream (src/assistant/read-stream.ts:77:13)'], ['assistant'], 1.8),
  browser('barcode', 'NotReadableError', 'Could not start video source', ['startScanner (src/inventory/scanner/start-scanner.ts:39:20)'], ['inventory'], 1.2, { severity: 1 }),
  // The API.
  server('db-pool', 'ConnectionAcquireTimeoutError', 'timeout exceeded when trying to connect to {host}:5432 after {ms}ms', ['Pool.connect (/srv/api/node_modules/pg-pool/index.js:45:11)', 'OrderRepository.findOpen (/srv/api/src/orders/order.repository.ts:61:24)'], 'everywhere', 1, { code: 'DB_POOL_TIMEOUT' }),
  server('deadlock', 'QueryFailedError', 'deadlock detected: Process {n} waits for ShareLock on transaction {n}; blocked by process {n}.', ['StockRepository.reserve (/srv/api/src/inventory/stock.repository.ts:118:7)', 'ReservationService.reserve (/srv/api/src/inventory/reservation.service.ts:54:19)'], ['inventory', 'orders'], 1.3, { code: '40P01' }),
  server('duplicate-key', 'QueryFailedError', 'duplicate key value violates unique constraint "orders_reference_key": Key (reference)=(PO-{n}) already exists.', ['OrderRepository.insert (/srv/api/src/orders/order.repository.ts:97:13)'], ['orders'], 1.4, { code: '23505', status: 409, severity: 2 }),
  server('provider-timeout', 'PaymentProviderTimeout', 'PAYMENT_PROVIDER_TIMEOUT: charge ch_{hex} not confirmed by payments-{region}.larkspur.example after {ms} ms', ['awaitConfirmation (src/checkout/payment/await-confirmation.ts:88:13)', 'submitPayment (src/checkout/payment/submit-payment.ts:41:22)', 'onSubmit (src/checkout/CheckoutForm.tsx:142:11)'], ['checkout'], 0.5, { source: 'sentry', code: 'PAYMENT_PROVIDER_TIMEOUT', status: 504, severity: 4 }),
  server('es-circuit', 'ResponseError', 'all shards failed: [circuit_breaking_exception] [parent] Data too large, data for [<http_request>] would be [{n}/{n}mb] on {host}', ['SearchClient.query (/srv/api/src/search/search.client.ts:83:15)', 'SearchController.search (/srv/api/src/search/search.controller.ts:29:20)'], ['search'], 1.4, { code: 'SEARCH_BACKEND', status: 503 }),
  server('upstream-502', 'UpstreamError', 'UPSTREAM_502: GET http://{host}:8080/internal/orders/{id} returned 502 in {ms}ms (request {uuid})', ['HttpClient.send (/srv/api/src/http/http.client.ts:140:11)', 'OrderGateway.get (/srv/api/src/orders/order.gateway.ts:37:16)'], ['orders', 'catalogue'], 1.1, { code: 'UPSTREAM_502', status: 502 }),
  server('redis-reset', 'ReplyError', 'read ECONNRESET from cache {ip}:6379', ['TCP.onStreamRead (node:internal/stream_base_commons:217:20)', 'CartStore.load (/srv/api/src/cart/cart.store.ts:28:31)'], ['checkout', 'catalogue'], 1, { code: 'ECONNRESET' }),
  server('pdf-crash', 'PdfRenderError', 'renderer exited with code 139 for invoice INV-{n} after {ms}ms', ['PdfRenderer.render (/srv/api/src/billing/pdf/pdf-renderer.ts:102:13)', 'InvoiceController.download (/srv/api/src/billing/invoice.controller.ts:66:24)'], ['billing'], 1.5, { code: 'PDF_RENDER_FAILED' }),
  server('oauth-refresh', 'TokenRefreshError', 'invalid_grant: refresh token for connection {uuid} was revoked', ['refreshToken (/srv/api/src/integrations/oauth/refresh-token.ts:58:11)'], ['integrations'], 1.6, { code: 'TOKEN_REVOKED', status: 401, severity: 2 }),
  server('webhook-signature', 'WebhookSignatureError', 'signature mismatch for delivery {uuid} from {ip}: timestamp {n}s old', ['verifySignature (/srv/api/src/webhooks/verify-signature.ts:31:9)', 'WebhookController.receive (/srv/api/src/webhooks/webhook.controller.ts:22:5)'], ['integrations'], 1.1, { code: 'WEBHOOK_SIGNATURE_INVALID', status: 403, severity: 2 }),
  server('stripe-idempotency', 'StripeIdempotencyError', 'Keys for idempotent requests can only be used with the same parameters they were first used with. Request req_{hex}', ['ChargeService.capture (/srv/api/src/billing/charge.service.ts:77:18)'], ['billing', 'checkout'], 0.8, { code: 'IDEMPOTENCY_CONFLICT', status: 409, severity: 2 }),
  server('csv-encoding', 'ImportError', 'row {n}: invalid byte sequence for encoding "UTF8": 0x{n} in file imports/{uuid}.csv', ['parseRow (/srv/api/src/imports/parse-row.ts:47:11)', 'ImportWorker.run (/srv/api/src/imports/import.worker.ts:88:13)'], ['inventory'], 1.4, { code: 'IMPORT_ENCODING', status: 422, severity: 2 }),
  server('report-oom', 'WorkerError', 'report worker {host} killed: memory limit {n} MB exceeded while building {uuid}', ['ReportRunner.onExit (/srv/api/src/reports/report-runner.ts:131:13)'], ['reports'], 1.2, { code: 'REPORT_OOM' }),
  server('smtp', 'SmtpError', '421 4.7.0 {host} too many connections from {ip}', ['Mailer.send (/srv/api/src/mail/mailer.ts:52:13)'], ['account', 'onboarding'], 0.9, { code: 'SMTP_421', severity: 2 }),
  server('model-overloaded', 'ModelOverloadedError', 'assistant backend overloaded, retry in {ms}ms (conversation {uuid})', ['AssistantService.reply (/srv/api/src/assistant/assistant.service.ts:93:15)'], ['assistant'], 1.3, { code: 'MODEL_OVERLOADED', status: 503, severity: 2 }),
  server('null-price', 'TypeError', "Cannot read properties of null (reading 'amount')", ['priceFor (/srv/api/src/catalogue/pricing/price-for.ts:26:31)', 'ProductController.show (/srv/api/src/catalogue/product.controller.ts:41:18)'], ['catalogue'], 1.2),
  server('gateway-timeout', 'GatewayTimeout', 'upstream request timeout after {ms} ms: {host} did not answer', [], 'everywhere', 0.7, { code: 'GATEWAY_TIMEOUT', status: 504 }),
  // Only in incidents.
  server('rate-limited', 'RateLimitedError', 'RATE_LIMITED: client {id} exceeded {n} requests per minute on {host}', ['RateLimiter.consume (/srv/api/src/http/rate-limiter.ts:48:11)', 'rateLimit (/srv/api/src/http/middleware/rate-limit.ts:19:5)'], [], 1, { code: 'RATE_LIMITED', status: 429, severity: 3 }),
  browser('report-filter', 'TypeError', 'r.filters.forEach is not a function', ['applyFilters (src/reports/filters/apply-filters.ts:39:17)', 'ReportList (src/reports/ReportList.tsx:58:22)'], [], 1, { severity: 3 }),
  browser('login-redirect', 'Error', 'Too many redirects while returning to /orders?session={hex}', ['followReturnUrl (src/auth/return-url.ts:28:11)', 'LoginPage (src/auth/LoginPage.tsx:97:7)'], [], 1, { severity: 3 }),
  browser('cart-merge', 'ConflictError', 'Cart {uuid} changed on the server (version {n}, expected {n})', ['mergeCart (src/cart/merge-cart.ts:66:11)', 'CartPage (src/cart/CartPage.tsx:121:9)'], [], 1, { severity: 3, code: 'CART_VERSION_CONFLICT' }),
  server('invoice-storage', 'StorageError', 'INVOICE_UNAVAILABLE: object invoices/{n}/{uuid}.pdf not found in bucket larkspur-documents-{region}', ['DocumentStore.get (/srv/api/src/documents/document.store.ts:44:13)', 'InvoiceController.download (/srv/api/src/billing/invoice.controller.ts:66:24)'], [], 1, { code: 'INVOICE_UNAVAILABLE', status: 502, severity: 3 }),
  server('sync-mapping', 'MappingError', 'field "unit_price" of connection {uuid} maps to nothing', ['mapFields (/srv/api/src/integrations/sync/map-fields.ts:73:13)', 'SyncWorker.run (/srv/api/src/integrations/sync/sync.worker.ts:51:9)'], [], 1, { code: 'SYNC_MAPPING', severity: 3 }),
  server('orders-down', 'ServiceUnavailable', 'orders-service unavailable: connect ECONNREFUSED {ip}:8080', ['HttpClient.send (/srv/api/src/http/http.client.ts:140:11)', 'OrderGateway.list (/srv/api/src/orders/order.gateway.ts:52:16)'], [], 1, { code: 'ORDERS_UNAVAILABLE', status: 503, severity: 4 }),
];

const byKey = new Map(SIGNATURES.map((signature) => [signature.key, signature]));

/** @throws RangeError when an incident names a signature that is not in the list. */
export function getSignature(key: string): Signature {
  const signature = byKey.get(key);
  if (signature === undefined) throw new RangeError(`no signature "${key}"`);
  return signature;
}

/** What goes wrong on an ordinary day in this part of the product. */
export function backgroundSignatures(area: Area): Signature[] {
  return SIGNATURES.filter((signature) => signature.areas === 'everywhere' || signature.areas.includes(area));
}
