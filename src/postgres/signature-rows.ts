/** What a batch of events tells about its error signatures, and the statement that adds it to what is known. */
import type { Json, StorableEvent } from '../core/records.ts';
import { SIGNATURE_VERSION } from '../core/text/signature.ts';
import { maskMessage } from '../core/text/signature-mask.ts';

const TEXT_LENGTH = 500;
const TITLE_LENGTH = 200;

/** One signature of a batch; `first…` are those of its earliest event, `latest…` of its latest. */
export interface SignatureRow {
  readonly signature: string;
  /** Words of the group a message belongs to; null where a code, a frame or a status made the signature. */
  readonly template: readonly string[] | null;
  readonly example: string;
  readonly first_url: string | null;
  readonly latest_url: string | null;
  readonly first_seen: number;
  readonly last_seen: number;
  readonly first_release: string | null;
  readonly releases: readonly string[];
}

/** The rows of a batch, by signature in the order of the alphabet, so that two imports lock them in one order. */
export function signatureRowsOf(
  events: readonly StorableEvent[],
  templates: ReadonlyMap<string, readonly string[]>,
): SignatureRow[] {
  const seen = new Map<string, { first: StorableEvent; last: StorableEvent; releases: Map<string, number> }>();
  for (const event of events) {
    if (event.error_signature === null) continue;
    const known = seen.get(event.error_signature);
    const entry = known ?? { first: event, last: event, releases: new Map() };
    if (known === undefined) seen.set(event.error_signature, entry);
    if (event.ts < entry.first.ts) entry.first = event;
    if (event.ts >= entry.last.ts) entry.last = event;
    if (event.release === null) continue;
    entry.releases.set(event.release, Math.min(event.ts, entry.releases.get(event.release) ?? event.ts));
  }
  return [...seen]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([signature, { first, last, releases }]) => ({
      signature,
      template: templates.get(signature) ?? null,
      example: exampleOf(first),
      first_url: linkOf(first),
      latest_url: linkOf(last),
      first_seen: first.ts,
      last_seen: last.ts,
      first_release: first.release,
      releases: [...releases].sort(([a, at], [b, bt]) => at - bt || (a < b ? -1 : 1)).map(([release]) => release),
    }));
}

/**
 * Adds the rows ($2, JSON) to the signatures of workspace $1. The earliest event gives example, title, link and
 * release, whenever it arrives. Of two templates the wider stays: another process may have seen more.
 */
export const upsertSignatures = `
  INSERT INTO error_signatures AS known (workspace_id, signature, template, template_changed_at, title, example,
    first_url, latest_url, first_seen, last_seen, first_release, releases, normaliser_version)
  SELECT $1, signature, template, clock_timestamp(), title, example, first_url, latest_url,
    to_timestamp(first_seen / 1000.0), to_timestamp(last_seen / 1000.0), first_release, releases, ${SIGNATURE_VERSION}
  FROM jsonb_to_recordset($2::jsonb) AS seen (signature text, template jsonb, title text, example text, first_url text,
    latest_url text, first_seen float8, last_seen float8, first_release text, releases jsonb)
  ORDER BY signature COLLATE "C"
  ON CONFLICT (workspace_id, signature) DO UPDATE SET
    template = CASE WHEN ${widthOf('excluded')} >= ${widthOf('known')} THEN coalesce(excluded.template, known.template) ELSE known.template END,
    template_changed_at = CASE WHEN ${widthOf('excluded')} > ${widthOf('known')}
      THEN excluded.template_changed_at ELSE known.template_changed_at END,
    title = ${ofTheEarlier('title')},
    example = ${ofTheEarlier('example')},
    first_url = ${ofTheEarlier('first_url')},
    first_release = ${ofTheEarlier('first_release')},
    latest_url = CASE WHEN excluded.last_seen >= known.last_seen
      THEN coalesce(excluded.latest_url, known.latest_url) ELSE known.latest_url END,
    first_seen = least(known.first_seen, excluded.first_seen),
    last_seen = greatest(known.last_seen, excluded.last_seen),
    releases = CASE WHEN known.releases @> excluded.releases OR jsonb_array_length(known.releases) >= 100
      THEN known.releases ELSE known.releases || (
        SELECT jsonb_agg(release) FROM jsonb_array_elements(excluded.releases) AS release
        WHERE NOT known.releases @> jsonb_build_array(release)) END`;

/** The parameter for `upsertSignatures`. */
export function signatureParameter(rows: readonly SignatureRow[]): string {
  return JSON.stringify(rows.map((row) => ({ ...row, title: titleOf(row) })));
}

function widthOf(row: 'known' | 'excluded'): string {
  return `coalesce(jsonb_array_length(jsonb_path_query_array(${row}.template, '$[*] ? (@ == "**")')), 0)`;
}

function ofTheEarlier(column: string): string {
  return `CASE WHEN excluded.first_seen < known.first_seen THEN excluded.${column} ELSE known.${column} END`;
}

function exampleOf({ meta }: StorableEvent): string {
  return textOf(meta.message) ?? textOf(meta.text) ?? '';
}

/** Like every link that is shown: http(s) only. */
function linkOf({ meta }: StorableEvent): string | null {
  const url = textOf(meta.url);
  return url !== null && /^https?:\/\//i.test(url) ? url : null;
}

/** What a person reads first: the message without what varies, where there is one, else the signature. */
function titleOf({ signature, example }: SignatureRow): string {
  const line = example.split('\n').find((part) => part.trim() !== '');
  return (line === undefined ? signature : maskMessage(line) || signature).slice(0, TITLE_LENGTH).trimEnd();
}

function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' ? value.slice(0, TEXT_LENGTH) : null;
}
