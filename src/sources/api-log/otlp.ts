import { type Fields, fieldsOf, listOf, numberAt, textAt } from '../payload/fields.ts';

const MAX_DEPTH = 4;

/** True for OTLP/JSON: log records by scope, by resource. */
export function isOtlp(value: Fields): boolean {
  return Array.isArray(value.resourceLogs);
}

/** Each log record with the attributes of its resource, as a plain record; names are those of OpenTelemetry. */
export function recordsOfOtlp(sent: Fields): Fields[] {
  return listOf(sent.resourceLogs).flatMap((resourceLog) => {
    const { resource, scopeLogs } = fieldsOf(resourceLog);
    const shared = attributesOf(resource);
    return listOf(scopeLogs).flatMap((scopeLog) =>
      listOf(fieldsOf(scopeLog).logRecords).map((record) => recordOf(fieldsOf(record), shared)),
    );
  });
}

function recordOf(record: Fields, shared: Fields): Fields {
  const body = plainOf(record.body, 0);
  return {
    ...shared,
    // A log that is an object says as much as attributes do.
    ...(typeof body === 'object' && body !== null && !Array.isArray(body) ? body : { message: body }),
    ...attributesOf(record),
    time: timeOf(record),
    level: levelOf(record),
    trace_id: textAt(record, 'traceId'),
    span_id: textAt(record, 'spanId'),
  };
}

function timeOf(record: Fields): string | null {
  return [textAt(record, 'timeUnixNano'), textAt(record, 'observedTimeUnixNano')].find((time) => time !== '0') ?? null;
}

/** Of OpenTelemetry's numbers 17 to 20 are errors, those above are fatal. */
function levelOf(record: Fields): string | null {
  const severity = numberAt(record, 'severityNumber');
  if (severity === null || severity < 1) return textAt(record, 'severityText');
  return severity > 20 ? 'fatal' : severity > 16 ? 'error' : severity > 12 ? 'warn' : 'info';
}

function attributesOf(holder: unknown): Fields {
  const found: Record<string, unknown> = {};
  for (const attribute of listOf(fieldsOf(holder).attributes)) {
    const key = textAt(attribute, 'key');
    if (key !== null && key !== '__proto__') found[key] = plainOf(fieldsOf(attribute).value, 0);
  }
  return found;
}

/** An `AnyValue` as the JSON it stands for; 64-bit numbers come as texts. */
function plainOf(sent: unknown, depth: number): unknown {
  const value = fieldsOf(sent);
  if (depth > MAX_DEPTH) return null;
  if ('intValue' in value) return numberAt(value, 'intValue');
  if ('arrayValue' in value) return listOf(fieldsOf(value.arrayValue).values).map((part) => plainOf(part, depth + 1));
  if ('kvlistValue' in value) {
    const pairs = listOf(fieldsOf(value.kvlistValue).values).map(fieldsOf);
    return Object.fromEntries(pairs.map((pair) => [textAt(pair, 'key') ?? '', plainOf(pair.value, depth + 1)]));
  }
  return value.stringValue ?? value.doubleValue ?? value.boolValue ?? null;
}
