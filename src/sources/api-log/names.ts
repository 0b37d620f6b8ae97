/**
 * What loggers call the same thing: pino-http, winston, bunyan, morgan as JSON, nginx, Rails, Go's slog and
 * OpenTelemetry (its names before and after they were settled). The first that is there counts.
 */
export const NAMES = {
  time: ['time', 'timestamp', '@timestamp', 'ts', 'datetime', 'date', 'time_iso8601', 'time_local', 'eventTime'],
  status: [
    ...[
      'res.statusCode',
      'res.status',
      'response.statusCode',
      'response.status',
      'statusCode',
      'status_code',
      'status',
    ],
    ...['http.response.status_code', 'http.status_code', 'httpRequest.status', 'http_status', 'code'],
  ],
  method: [
    ...['req.method', 'request.method', 'http.request.method', 'http.method', 'httpRequest.requestMethod', 'method'],
    ...['request_method', 'http_method', 'verb'],
  ],
  /** A route template says more than the path that was called. */
  path: [
    ...['req.route.path', 'http.route', 'route', 'req.originalUrl', 'req.url', 'request.url', 'request.path'],
    ...['url.path', 'http.target', 'http.url', 'url.full', 'httpRequest.requestUrl', 'url', 'path', 'request_uri'],
    ...['uri', 'originalUrl', 'endpoint'],
  ],
  surface: ['surface', 'page', 'screen'],
  account: [
    ...['account', 'account_id', 'accountId', 'company', 'company_id', 'organization', 'organization_id', 'org_id'],
    ...['orgId', 'tenant', 'tenant_id', 'tenantId', 'customer_id', 'customerId', 'workspace_id', 'workspaceId'],
  ],
  user: ['user.id', 'req.user.id', 'user_id', 'userId', 'enduser.id', 'uid', 'user.email', 'user'],
  email: ['user.email', 'req.user.email', 'usr.email', 'user_email', 'userEmail', 'email'],
  requestId: ['request_id', 'requestId', 'req.id', 'reqId', 'req_id', 'http.request.id', 'req.headers.x-request-id'],
  traceId: ['trace_id', 'traceId', 'trace.id', 'dd.trace_id'],
  service: ['service.name', 'service', 'name', 'app'],
  release: ['release', 'service.version', 'version', 'app_version'],
  env: ['env', 'environment', 'deployment.environment.name', 'deployment.environment'],
} as const;
