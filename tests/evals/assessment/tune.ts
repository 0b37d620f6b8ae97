/** The part that points and thresholds may be chosen on. */
import { drawScenarios } from './families.ts';
import type { Names, Scenario } from './scenario.ts';

const NAMES: Names = {
  code: [
    "TypeError: Cannot read properties of undefined (reading 'total')",
    'ReferenceError in summary.ts',
    'KeyError: sku',
  ],
  upstream: ['UPSTREAM_TIMEOUT', 'ETIMEDOUT inventory-service', 'BAD_GATEWAY_502', 'socket hang up'],
  credentials: ['WEBHOOK_SIGNATURE_INVALID', 'HTTP_401 token expired', 'Forbidden: api key revoked'],
  rateLimit: ['RATE_LIMITED', 'HTTP_429 too many requests'],
  payment: ['PAYMENT_PROVIDER_TIMEOUT', 'StripeCardError', 'adyen refused'],
  database: ['deadlock detected', 'SQLSTATE 53300 too many connections', 'DB_POOL_EXHAUSTED'],
  configuration: ['ConfigError: PRICE_TABLE is not configured', 'missing environment variable CDN_HOST'],
  plain: ['ERR_7781', 'E_UNEXPECTED', 'operation failed'],
};

export const tuneScenarios = (): Scenario[] => drawScenarios(NAMES, [11, 12, 13]);
