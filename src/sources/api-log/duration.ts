import { type Fields, numberAt, textAt, valueAt } from '../payload/fields.ts';

const IN_MILLISECONDS = [
  ...['responseTime', 'response_time_ms', 'responseTimeMs', 'response_time', 'duration_ms', 'durationMs', 'latency_ms'],
  ...['latencyMs', 'elapsed_ms', 'elapsedMs', 'took_ms', 'http.server.duration', 'duration', 'latency', 'elapsed'],
];
/** OpenTelemetry and nginx count in seconds. */
const IN_SECONDS = ['http.server.request.duration', 'duration_s', 'request_time', 'upstream_response_time'];
const MILLISECONDS_IN: Readonly<Record<string, number>> = { ns: 1e-6, us: 1e-3, µs: 1e-3, ms: 1, s: 1e3, m: 6e4 };

/** How long a request took in milliseconds; null where the record does not say. A number under a plain name is milliseconds. */
export function durationOf(record: Fields): number | null {
  const milliseconds = numberAt(record, ...IN_MILLISECONDS);
  if (milliseconds !== null) return milliseconds;
  const seconds = numberAt(record, ...IN_SECONDS);
  if (seconds !== null) return Math.round(seconds * 1e6) / 1e3;
  const nanoseconds = numberAt(valueAt(record, 'event'), 'duration');
  if (nanoseconds !== null) return nanoseconds / 1e6;
  return withUnit(textAt(record, ...IN_MILLISECONDS, 'httpRequest.latency'));
}

/** `12.3ms`, `0.2s`, `350µs` */
function withUnit(text: string | null): number | null {
  const part = /^(\d{1,15}(?:\.\d{1,12})?) ?(ns|us|µs|ms|s|m)$/.exec(text ?? '');
  const scale = MILLISECONDS_IN[part?.[2] ?? ''];
  return part === null || scale === undefined ? null : Math.round(Number(part[1]) * scale * 1e6) / 1e6;
}
