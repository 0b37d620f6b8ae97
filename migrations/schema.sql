-- What the migrations make, for reading and for review. Written by "npm run schema"; do not edit.

CREATE TEXT SEARCH DICTIONARY every_english_word (TEMPLATE = snowball, language = 'english');

CREATE OR REPLACE FUNCTION public.refuse_audit_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
  BEGIN
    RAISE EXCEPTION 'audit entries are append-only' USING ERRCODE = 'restrict_violation';
  END
  $function$;

CREATE OR REPLACE FUNCTION public.refuse_audit_removal()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
  BEGIN
    IF EXISTS (
      SELECT FROM audit_segments dropped
      WHERE dropped.workspace_id = OLD.workspace_id AND dropped.number = OLD.segment AND dropped.dropped_by IS NOT NULL
    ) THEN
      RETURN OLD;
    END IF;
    RAISE EXCEPTION 'audit entries are append-only' USING ERRCODE = 'restrict_violation';
  END
  $function$;

CREATE OR REPLACE FUNCTION public.refuse_audit_segment_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
  BEGIN
    IF TG_OP = 'UPDATE' AND OLD.dropped_by IS NULL AND NEW.dropped_by IS NOT NULL AND OLD.class <> 'drops'
      AND to_jsonb(NEW) - 'dropped_by' = to_jsonb(OLD) - 'dropped_by'
      AND EXISTS (
        SELECT FROM audit_entries told
        WHERE told.workspace_id = OLD.workspace_id AND told.id = NEW.dropped_by AND told.action = 'audit.drop'
          AND told.details -> 'segments' @> to_jsonb(OLD.number)
          AND told.at >= OLD.last_at + interval '720 hours'
      )
    THEN
      RETURN NEW;
    END IF;
    RAISE EXCEPTION 'audit segments are append-only' USING ERRCODE = 'restrict_violation';
  END
  $function$;

CREATE TEXT SEARCH CONFIGURATION runbook_english ("float" WITH simple, "int" WITH simple, asciihword WITH every_english_word, asciiword WITH every_english_word, email WITH simple, file WITH simple, host WITH simple, hword WITH every_english_word, hword_asciipart WITH every_english_word, hword_numpart WITH simple, hword_part WITH every_english_word, numhword WITH simple, numword WITH simple, sfloat WITH simple, uint WITH simple, url WITH simple, url_path WITH simple, version WITH simple, word WITH every_english_word);

CREATE TABLE alert_decisions (
    workspace_id text NOT NULL,
    incident_id uuid NOT NULL,
    channel text NOT NULL,
    decided_at timestamp with time zone NOT NULL,
    revision integer NOT NULL,
    posted boolean NOT NULL,
    reason text,
    shown_revision integer NOT NULL DEFAULT 0,
    shown_entry integer NOT NULL DEFAULT 0,
    CONSTRAINT alert_decisions_pkey PRIMARY KEY (workspace_id, incident_id, channel),
    CONSTRAINT alert_decisions_check CHECK ((posted = (reason IS NULL)))
);

CREATE INDEX alert_decisions_at ON public.alert_decisions USING btree (workspace_id, channel, decided_at);

CREATE TABLE annotations (
    workspace_id text NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    at timestamp with time zone NOT NULL,
    surface_pattern text,
    text text NOT NULL,
    created_by text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT annotations_pkey PRIMARY KEY (workspace_id, id)
);

CREATE TABLE answer_receipts (
    workspace_id text NOT NULL,
    id text NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    as_of timestamp with time zone NOT NULL,
    asker text,
    channel text,
    audience text NOT NULL,
    question text NOT NULL,
    reading jsonb NOT NULL,
    query jsonb,
    metric_version integer,
    watermark timestamp with time zone,
    result_hash text,
    total jsonb,
    served_by text,
    written_by text NOT NULL,
    usage jsonb NOT NULL DEFAULT '[]'::jsonb,
    CONSTRAINT answer_receipts_pkey PRIMARY KEY (workspace_id, id),
    CONSTRAINT answer_receipts_audience_check CHECK ((audience = ANY (ARRAY['asker'::text, 'private_channel'::text, 'public_channel'::text]))),
    CONSTRAINT answer_receipts_served_by_check CHECK ((served_by = ANY (ARRAY['rollups'::text, 'events'::text]))),
    CONSTRAINT answer_receipts_written_by_check CHECK ((written_by = ANY (ARRAY['template'::text, 'model'::text])))
);

CREATE INDEX answer_receipts_asked ON public.answer_receipts USING btree (workspace_id, asked_at);

CREATE TABLE answer_threads (
    workspace_id text NOT NULL,
    channel text NOT NULL,
    thread text NOT NULL,
    turn integer NOT NULL,
    context jsonb NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT answer_threads_pkey PRIMARY KEY (workspace_id, channel, thread)
);

CREATE TABLE approvals (
    workspace_id text NOT NULL,
    proposal_id uuid NOT NULL,
    version integer NOT NULL,
    user_id text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT approvals_pkey PRIMARY KEY (workspace_id, proposal_id, version, user_id)
);

CREATE TABLE assessments (
    workspace_id text NOT NULL,
    subject_key text NOT NULL,
    subject jsonb NOT NULL,
    facts_hash text NOT NULL,
    assessment jsonb NOT NULL,
    written_at timestamp with time zone NOT NULL,
    CONSTRAINT assessments_pkey PRIMARY KEY (workspace_id, subject_key)
);

CREATE TABLE audit_entries (
    workspace_id text NOT NULL,
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    actor text NOT NULL,
    actor_role text NOT NULL,
    action text NOT NULL,
    subject_type text NOT NULL,
    subject_id text NOT NULL,
    channel text,
    outcome text NOT NULL,
    details jsonb NOT NULL DEFAULT '{}'::jsonb,
    segment integer,
    sequence bigint,
    hash text,
    CONSTRAINT audit_entries_pkey PRIMARY KEY (workspace_id, id),
    CONSTRAINT audit_entries_at_in_milliseconds CHECK ((at = date_trunc('milliseconds'::text, at))),
    CONSTRAINT audit_entries_sealed_at_once CHECK ((((segment IS NULL) = (sequence IS NULL)) AND ((segment IS NULL) = (hash IS NULL))))
);

CREATE INDEX audit_entries_recent ON public.audit_entries USING btree (workspace_id, at, id);

CREATE INDEX audit_entries_unsealed ON public.audit_entries USING btree (workspace_id, at, id) WHERE (sequence IS NULL);

CREATE UNIQUE INDEX audit_entries_sequence ON public.audit_entries USING btree (workspace_id, sequence);

CREATE TRIGGER audit_entries_append_only BEFORE UPDATE ON public.audit_entries FOR EACH ROW WHEN (((old.sequence IS NOT NULL) OR (new.sequence IS NULL) OR (((((((((((old.workspace_id IS DISTINCT FROM new.workspace_id) OR (old.id IS DISTINCT FROM new.id)) OR (old.at IS DISTINCT FROM new.at)) OR (old.actor IS DISTINCT FROM new.actor)) OR (old.actor_role IS DISTINCT FROM new.actor_role)) OR (old.action IS DISTINCT FROM new.action)) OR (old.subject_type IS DISTINCT FROM new.subject_type)) OR (old.subject_id IS DISTINCT FROM new.subject_id)) OR (old.channel IS DISTINCT FROM new.channel)) OR (old.outcome IS DISTINCT FROM new.outcome)) OR (old.details IS DISTINCT FROM new.details)))) EXECUTE FUNCTION refuse_audit_change();

CREATE TRIGGER audit_entries_begin_unsealed BEFORE INSERT ON public.audit_entries FOR EACH ROW WHEN ((new.sequence IS NOT NULL)) EXECUTE FUNCTION refuse_audit_change();

CREATE TRIGGER audit_entries_go_by_segment BEFORE DELETE ON public.audit_entries FOR EACH ROW EXECUTE FUNCTION refuse_audit_removal();

CREATE TRIGGER audit_entries_never_emptied BEFORE TRUNCATE ON public.audit_entries FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();

CREATE TABLE audit_segments (
    workspace_id text NOT NULL,
    number integer NOT NULL,
    class text NOT NULL,
    first bigint NOT NULL,
    count integer NOT NULL,
    first_at timestamp with time zone NOT NULL,
    last_at timestamp with time zone NOT NULL,
    sealed_at timestamp with time zone NOT NULL,
    previous text NOT NULL,
    head text NOT NULL,
    hash text NOT NULL,
    dropped_by uuid,
    CONSTRAINT audit_segments_pkey PRIMARY KEY (workspace_id, number),
    CONSTRAINT audit_segments_workspace_id_first_key UNIQUE (workspace_id, first),
    CONSTRAINT audit_segments_class_check CHECK ((class = ANY (ARRAY['questions'::text, 'access'::text, 'changes'::text, 'drops'::text]))),
    CONSTRAINT audit_segments_count_check CHECK ((count > 0)),
    CONSTRAINT audit_segments_number_check CHECK ((number > 0)),
    CONSTRAINT audit_segments_sealed_at_check CHECK ((sealed_at = date_trunc('milliseconds'::text, sealed_at)))
);

CREATE INDEX audit_segments_kept ON public.audit_segments USING btree (workspace_id, class, last_at) WHERE (dropped_by IS NULL);

CREATE TRIGGER audit_segments_append_only BEFORE DELETE OR UPDATE ON public.audit_segments FOR EACH ROW EXECUTE FUNCTION refuse_audit_segment_change();

CREATE TRIGGER audit_segments_never_emptied BEFORE TRUNCATE ON public.audit_segments FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();

CREATE TABLE backfills (
    workspace_id text NOT NULL,
    source text NOT NULL,
    since timestamp with time zone NOT NULL,
    until timestamp with time zone NOT NULL,
    state text NOT NULL,
    cursor jsonb,
    step integer NOT NULL,
    stored bigint NOT NULL,
    begun_at timestamp with time zone NOT NULL,
    moved_at timestamp with time zone NOT NULL,
    CONSTRAINT backfills_pkey PRIMARY KEY (workspace_id, source, since),
    CONSTRAINT backfills_check CHECK (((state = 'running'::text) OR (cursor IS NULL))),
    CONSTRAINT backfills_state_check CHECK ((state = ANY (ARRAY['running'::text, 'done'::text])))
);

CREATE TABLE daily_event_counts (
    workspace_id text NOT NULL,
    date date NOT NULL,
    cell integer NOT NULL,
    type text NOT NULL,
    source text NOT NULL,
    surface text,
    release text,
    env text,
    plan text,
    platform text,
    severity smallint,
    status smallint,
    endpoint text,
    error_signature text,
    category text,
    stage text,
    tool text,
    use_case text,
    completion_status text,
    success text,
    has_order boolean NOT NULL,
    events integer NOT NULL,
    amount_minor bigint,
    value numeric,
    CONSTRAINT daily_event_counts_pkey PRIMARY KEY (workspace_id, date, cell)
);

CREATE TABLE daily_release_metrics (
    workspace_id text NOT NULL,
    date date NOT NULL,
    surface text NOT NULL,
    release text NOT NULL,
    pageviews integer NOT NULL DEFAULT 0,
    requests integer NOT NULL DEFAULT 0,
    errors integer NOT NULL DEFAULT 0,
    CONSTRAINT daily_release_metrics_pkey PRIMARY KEY (workspace_id, date, surface, release)
);

CREATE TABLE daily_signature_metrics (
    workspace_id text NOT NULL,
    date date NOT NULL,
    surface text NOT NULL,
    signature text NOT NULL,
    errors integer NOT NULL DEFAULT 0,
    example text NOT NULL DEFAULT ''::text,
    url text,
    release_top text,
    CONSTRAINT daily_signature_metrics_pkey PRIMARY KEY (workspace_id, date, surface, signature)
);

CREATE TABLE daily_surface_metrics (
    workspace_id text NOT NULL,
    date date NOT NULL,
    surface text NOT NULL,
    pageviews integer NOT NULL DEFAULT 0,
    actions integer NOT NULL DEFAULT 0,
    dropoffs integer NOT NULL DEFAULT 0,
    errors integer NOT NULL DEFAULT 0,
    tickets integer NOT NULL DEFAULT 0,
    replies integer NOT NULL DEFAULT 0,
    requests integer NOT NULL DEFAULT 0,
    request_failures integer NOT NULL DEFAULT 0,
    latency_p50 double precision,
    latency_p95 double precision,
    affected_accounts integer NOT NULL DEFAULT 0,
    affected_users integer NOT NULL DEFAULT 0,
    revenue bigint NOT NULL DEFAULT 0,
    revenue_at_risk bigint NOT NULL DEFAULT 0,
    release_top text,
    release_share double precision,
    env_top text,
    top_error_signatures jsonb NOT NULL DEFAULT '[]'::jsonb,
    top_ticket_topics jsonb NOT NULL DEFAULT '[]'::jsonb,
    origin text NOT NULL DEFAULT 'events'::text,
    normaliser_version smallint NOT NULL,
    CONSTRAINT daily_surface_metrics_pkey PRIMARY KEY (workspace_id, date, surface),
    CONSTRAINT daily_surface_metrics_origin_check CHECK ((origin = ANY (ARRAY['events'::text, 'aggregates'::text])))
);

CREATE INDEX daily_surface_metrics_imported ON public.daily_surface_metrics USING btree (workspace_id, date) WHERE (origin = 'aggregates'::text);

CREATE TABLE delivery_channels (
    workspace_id text NOT NULL,
    channel text NOT NULL,
    next_post_at timestamp with time zone NOT NULL,
    CONSTRAINT delivery_channels_pkey PRIMARY KEY (workspace_id, channel)
);

CREATE TABLE delivery_counts (
    workspace_id text NOT NULL,
    date date NOT NULL,
    source text NOT NULL,
    outcome text NOT NULL,
    detail text NOT NULL,
    n bigint NOT NULL,
    CONSTRAINT delivery_counts_pkey PRIMARY KEY (workspace_id, date, source, outcome, detail),
    CONSTRAINT delivery_counts_outcome_check CHECK ((outcome = ANY (ARRAY['duplicate'::text, 'ignored'::text, 'rejected'::text, 'refused'::text])))
);

CREATE TABLE delivery_holds (
    workspace_id text NOT NULL,
    until timestamp with time zone NOT NULL,
    since timestamp with time zone NOT NULL,
    reason text NOT NULL,
    CONSTRAINT delivery_holds_pkey PRIMARY KEY (workspace_id)
);

CREATE TABLE detection_labels (
    workspace_id text NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    entity_type text NOT NULL,
    entity_key text NOT NULL,
    date date NOT NULL,
    note text,
    created_by text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT detection_labels_pkey PRIMARY KEY (workspace_id, id),
    CONSTRAINT detection_labels_workspace_id_entity_type_entity_key_date_key UNIQUE (workspace_id, entity_type, entity_key, date),
    CONSTRAINT detection_labels_entity_type_check CHECK ((entity_type = ANY (ARRAY['surface'::text, 'error_signature'::text]))),
    CONSTRAINT detection_labels_kind_check CHECK ((kind = ANY (ARRAY['missed'::text, 'false'::text])))
);

CREATE TABLE digests (
    workspace_id text NOT NULL,
    id uuid NOT NULL,
    subscription_id uuid NOT NULL,
    channel text NOT NULL,
    due_at timestamp with time zone NOT NULL,
    date date NOT NULL,
    told jsonb NOT NULL,
    corrections integer NOT NULL DEFAULT 0,
    CONSTRAINT digests_pkey PRIMARY KEY (workspace_id, id),
    CONSTRAINT digests_workspace_id_subscription_id_due_at_key UNIQUE (workspace_id, subscription_id, due_at)
);

CREATE INDEX digests_date ON public.digests USING btree (workspace_id, date);

CREATE TABLE dirty_accounts (
    workspace_id text NOT NULL,
    mark_id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    account text NOT NULL,
    since date NOT NULL,
    CONSTRAINT dirty_accounts_pkey PRIMARY KEY (workspace_id, mark_id)
);

CREATE TABLE dirty_buckets (
    workspace_id text NOT NULL,
    mark_id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    date date NOT NULL,
    surface text NOT NULL,
    CONSTRAINT dirty_buckets_pkey PRIMARY KEY (workspace_id, mark_id)
);

CREATE TABLE dirty_days (
    workspace_id text NOT NULL,
    mark_id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    date date NOT NULL,
    CONSTRAINT dirty_days_pkey PRIMARY KEY (workspace_id, mark_id)
);

CREATE TABLE dirty_hours (
    workspace_id text NOT NULL,
    mark_id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    date date NOT NULL,
    surface text NOT NULL,
    hours integer NOT NULL,
    CONSTRAINT dirty_hours_pkey PRIMARY KEY (workspace_id, mark_id)
);

CREATE TABLE drills (
    workspace_id text NOT NULL,
    id uuid NOT NULL,
    ran_at timestamp with time zone NOT NULL,
    first date NOT NULL,
    last date NOT NULL,
    report jsonb NOT NULL,
    CONSTRAINT drills_pkey PRIMARY KEY (workspace_id, id)
);

CREATE TABLE effect_checks (
    workspace_id text NOT NULL,
    proposal_id uuid NOT NULL,
    action_type text NOT NULL,
    expectation jsonb NOT NULL,
    done_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    checked_at timestamp with time zone,
    verdict text,
    result jsonb,
    CONSTRAINT effect_checks_pkey PRIMARY KEY (workspace_id, proposal_id),
    CONSTRAINT effect_checks_check CHECK (((checked_at IS NULL) = (verdict IS NULL))),
    CONSTRAINT effect_checks_verdict_check CHECK ((verdict = ANY (ARRAY['helped'::text, 'did_not_help'::text, 'worse'::text, 'cannot_tell'::text])))
);

CREATE INDEX effect_checks_due ON public.effect_checks USING btree (workspace_id, due_at) WHERE (checked_at IS NULL);

CREATE TABLE error_signatures (
    workspace_id text NOT NULL,
    signature text NOT NULL,
    template jsonb,
    template_changed_at timestamp with time zone NOT NULL,
    title text NOT NULL,
    example text NOT NULL DEFAULT ''::text,
    first_url text,
    latest_url text,
    first_seen timestamp with time zone NOT NULL,
    last_seen timestamp with time zone NOT NULL,
    first_release text,
    releases jsonb NOT NULL DEFAULT '[]'::jsonb,
    merged_into text,
    normaliser_version smallint NOT NULL,
    CONSTRAINT error_signatures_pkey PRIMARY KEY (workspace_id, signature),
    CONSTRAINT error_signatures_check CHECK ((merged_into <> signature))
);

CREATE TABLE event_spans (
    workspace_id text NOT NULL,
    source text NOT NULL,
    type text NOT NULL,
    first_at timestamp with time zone NOT NULL,
    last_at timestamp with time zone NOT NULL,
    CONSTRAINT event_spans_pkey PRIMARY KEY (workspace_id, source, type)
);

CREATE TABLE events (
    workspace_id text NOT NULL,
    event_key uuid NOT NULL,
    source_id text,
    ts timestamp with time zone NOT NULL,
    source text NOT NULL,
    type text NOT NULL,
    account text,
    "user" text,
    key_id text,
    surface text,
    severity smallint,
    value double precision,
    amount_minor bigint,
    error_signature text,
    ticket_topic text,
    release text,
    env text,
    status smallint,
    endpoint text,
    order_id text,
    normaliser_version smallint NOT NULL,
    meta jsonb NOT NULL DEFAULT '{}'::jsonb,
    CONSTRAINT events_pkey PRIMARY KEY (workspace_id, event_key)
);

CREATE INDEX events_replies ON public.events USING btree (workspace_id, source, ((meta ->> 'conversation_id'::text)), ts) WHERE (type = 'reply'::text);

CREATE INDEX events_revenue ON public.events USING btree (workspace_id, account, ts) WHERE ((type = 'revenue'::text) AND (order_id IS NULL));

CREATE INDEX events_tickets ON public.events USING btree (workspace_id, ts, event_key) WHERE (type = 'ticket'::text);

CREATE INDEX events_ts_brin ON public.events USING brin (ts) WITH (pages_per_range='32', autosummarize='on');

CREATE TABLE execution_stops (
    workspace_id text NOT NULL,
    stopped_by text NOT NULL,
    stopped_at timestamp with time zone NOT NULL,
    reason text,
    CONSTRAINT execution_stops_pkey PRIMARY KEY (workspace_id)
);

CREATE TABLE executions (
    workspace_id text NOT NULL,
    id uuid NOT NULL,
    proposal_id uuid NOT NULL,
    state text NOT NULL,
    queued_at timestamp with time zone NOT NULL,
    not_before timestamp with time zone NOT NULL,
    started_at timestamp with time zone,
    finished_at timestamp with time zone,
    attempts integer NOT NULL DEFAULT 0,
    lease_owner text,
    lease_until timestamp with time zone,
    summary text,
    link text,
    details jsonb NOT NULL DEFAULT '{}'::jsonb,
    CONSTRAINT executions_pkey PRIMARY KEY (workspace_id, id),
    CONSTRAINT executions_workspace_id_proposal_id_key UNIQUE (workspace_id, proposal_id),
    CONSTRAINT executions_check CHECK (((state = ANY (ARRAY['queued'::text, 'running'::text])) = (finished_at IS NULL))),
    CONSTRAINT executions_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'running'::text, 'done'::text, 'failed'::text, 'cancelled'::text, 'uncertain'::text])))
);

CREATE INDEX executions_finished ON public.executions USING btree (workspace_id, finished_at) WHERE (finished_at IS NOT NULL);

CREATE INDEX executions_open ON public.executions USING btree (workspace_id, not_before) WHERE (state = ANY (ARRAY['queued'::text, 'running'::text]));

CREATE TABLE findings (
    workspace_id text NOT NULL,
    date date NOT NULL,
    entity_type text NOT NULL,
    entity_key text NOT NULL,
    rule text NOT NULL,
    metric text NOT NULL,
    direction text,
    current double precision,
    expected double precision,
    p_value double precision,
    q_value double precision,
    z double precision,
    delta_pct double precision,
    evidence jsonb NOT NULL DEFAULT '{}'::jsonb,
    CONSTRAINT findings_pkey PRIMARY KEY (workspace_id, date, entity_type, entity_key, rule, metric)
);

CREATE TABLE hourly_findings (
    workspace_id text NOT NULL,
    hour timestamp with time zone NOT NULL,
    surface text NOT NULL,
    metric text NOT NULL,
    direction text NOT NULL,
    current double precision NOT NULL,
    expected double precision NOT NULL,
    lower double precision NOT NULL,
    upper double precision NOT NULL,
    score double precision NOT NULL,
    state text NOT NULL,
    since timestamp with time zone NOT NULL,
    reason text NOT NULL,
    sensitivity text NOT NULL,
    CONSTRAINT hourly_findings_pkey PRIMARY KEY (workspace_id, hour, surface, metric, sensitivity)
);

CREATE TABLE hourly_judged (
    workspace_id text NOT NULL,
    judged_until timestamp with time zone NOT NULL,
    product_state bytea NOT NULL,
    CONSTRAINT hourly_judged_pkey PRIMARY KEY (workspace_id)
);

CREATE TABLE hourly_model_states (
    workspace_id text NOT NULL,
    surface text NOT NULL,
    state bytea NOT NULL,
    CONSTRAINT hourly_model_states_pkey PRIMARY KEY (workspace_id, surface)
);

CREATE TABLE hourly_surface_metrics (
    workspace_id text NOT NULL,
    hour timestamp with time zone NOT NULL,
    surface text NOT NULL,
    pageviews integer NOT NULL DEFAULT 0,
    actions integer NOT NULL DEFAULT 0,
    dropoffs integer NOT NULL DEFAULT 0,
    errors integer NOT NULL DEFAULT 0,
    tickets integer NOT NULL DEFAULT 0,
    replies integer NOT NULL DEFAULT 0,
    requests integer NOT NULL DEFAULT 0,
    request_failures integer NOT NULL DEFAULT 0,
    latency_p50 double precision,
    latency_p95 double precision,
    affected_accounts integer NOT NULL DEFAULT 0,
    affected_users integer NOT NULL DEFAULT 0,
    revenue bigint NOT NULL DEFAULT 0,
    revenue_at_risk bigint NOT NULL DEFAULT 0,
    release_top text,
    release_share double precision,
    env_top text,
    top_error_signatures jsonb NOT NULL DEFAULT '[]'::jsonb,
    top_ticket_topics jsonb NOT NULL DEFAULT '[]'::jsonb,
    normaliser_version smallint NOT NULL,
    CONSTRAINT hourly_surface_metrics_pkey PRIMARY KEY (workspace_id, hour, surface)
);

CREATE TABLE incident_entries (
    workspace_id text NOT NULL,
    incident_id uuid NOT NULL,
    sequence integer NOT NULL,
    at timestamp with time zone NOT NULL,
    actor text NOT NULL,
    kind text NOT NULL,
    details jsonb NOT NULL DEFAULT '{}'::jsonb,
    CONSTRAINT incident_entries_pkey PRIMARY KEY (workspace_id, incident_id, sequence)
);

CREATE TABLE incident_members (
    workspace_id text NOT NULL,
    incident_id uuid NOT NULL,
    surface text NOT NULL,
    metric text NOT NULL,
    since timestamp with time zone NOT NULL,
    recovered boolean NOT NULL DEFAULT false,
    place integer NOT NULL,
    CONSTRAINT incident_members_pkey PRIMARY KEY (workspace_id, incident_id, surface, metric)
);

CREATE TABLE incidents (
    workspace_id text NOT NULL,
    id uuid NOT NULL,
    number integer NOT NULL,
    state text NOT NULL,
    closure text,
    duplicate_of uuid,
    severity text NOT NULL,
    lead_surface text NOT NULL,
    lead_metric text NOT NULL,
    lead_direction text NOT NULL,
    since timestamp with time zone NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    normal_hours integer NOT NULL DEFAULT 0,
    owner text,
    acknowledged_at timestamp with time zone,
    snoozed_until timestamp with time zone,
    snoozed_by text,
    ended_at timestamp with time zone,
    ended_by text,
    reopenings integer NOT NULL DEFAULT 0,
    revision integer NOT NULL DEFAULT 1,
    picture jsonb NOT NULL,
    CONSTRAINT incidents_pkey PRIMARY KEY (workspace_id, id),
    CONSTRAINT incidents_workspace_id_number_key UNIQUE (workspace_id, number),
    CONSTRAINT incidents_check CHECK (((state = ANY (ARRAY['resolved'::text, 'closed'::text])) = (ended_at IS NOT NULL))),
    CONSTRAINT incidents_check1 CHECK (((state = 'closed'::text) = (closure IS NOT NULL))),
    CONSTRAINT incidents_closure_check CHECK ((closure = ANY (ARRAY['false'::text, 'expected'::text, 'duplicate'::text]))),
    CONSTRAINT incidents_lead_direction_check CHECK ((lead_direction = ANY (ARRAY['up'::text, 'down'::text]))),
    CONSTRAINT incidents_severity_check CHECK ((severity = ANY (ARRAY['high'::text, 'medium'::text, 'low'::text]))),
    CONSTRAINT incidents_state_check CHECK ((state = ANY (ARRAY['open'::text, 'acknowledged'::text, 'recovering'::text, 'resolved'::text, 'closed'::text])))
);

CREATE INDEX incidents_ended ON public.incidents USING btree (workspace_id, ended_at) WHERE (ended_at IS NOT NULL);

CREATE INDEX incidents_live ON public.incidents USING btree (workspace_id, opened_at) WHERE (state = ANY (ARRAY['open'::text, 'acknowledged'::text, 'recovering'::text]));

CREATE TABLE incidents_followed (
    workspace_id text NOT NULL,
    until timestamp with time zone NOT NULL,
    CONSTRAINT incidents_followed_pkey PRIMARY KEY (workspace_id)
);

CREATE TABLE job_runs (
    workspace_id text NOT NULL,
    job text NOT NULL,
    scheduled_for timestamp with time zone NOT NULL,
    status text NOT NULL,
    owner text NOT NULL,
    lease_until timestamp with time zone NOT NULL,
    attempts integer NOT NULL DEFAULT 1,
    started_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    error text,
    CONSTRAINT job_runs_pkey PRIMARY KEY (workspace_id, job, scheduled_for),
    CONSTRAINT job_runs_status_check CHECK ((status = ANY (ARRAY['running'::text, 'done'::text, 'failed'::text])))
);

CREATE TABLE judged_days (
    workspace_id text NOT NULL,
    date date NOT NULL,
    as_of timestamp with time zone NOT NULL,
    surfaces integer NOT NULL,
    findings integer NOT NULL,
    priorities integer NOT NULL,
    summary jsonb NOT NULL DEFAULT '{}'::jsonb,
    CONSTRAINT judged_days_pkey PRIMARY KEY (workspace_id, date)
);

CREATE TABLE maintenance_windows (
    workspace_id text NOT NULL,
    id uuid NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    surface_pattern text,
    reason text NOT NULL,
    created_by text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT maintenance_windows_pkey PRIMARY KEY (workspace_id, id),
    CONSTRAINT maintenance_windows_check CHECK ((starts_at < ends_at))
);

CREATE TABLE metric_gaps (
    workspace_id text NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    asker text,
    asked_at timestamp with time zone NOT NULL,
    CONSTRAINT metric_gaps_pkey PRIMARY KEY (workspace_id, id)
);

CREATE INDEX metric_gaps_name ON public.metric_gaps USING btree (workspace_id, name, asked_at);

CREATE TABLE model_days (
    workspace_id text NOT NULL,
    date date NOT NULL,
    microdollars bigint NOT NULL,
    CONSTRAINT model_days_pkey PRIMARY KEY (workspace_id, date),
    CONSTRAINT model_days_microdollars_check CHECK ((microdollars >= 0))
);

CREATE TABLE monthly_actors (
    workspace_id text NOT NULL,
    month date NOT NULL,
    kind text NOT NULL,
    actor text NOT NULL,
    active integer NOT NULL DEFAULT 0,
    affected integer NOT NULL DEFAULT 0,
    assisted integer NOT NULL DEFAULT 0,
    exhausted integer NOT NULL DEFAULT 0,
    conversed integer NOT NULL DEFAULT 0,
    CONSTRAINT monthly_actors_pkey PRIMARY KEY (workspace_id, month, kind, actor),
    CONSTRAINT monthly_actors_kind_check CHECK ((kind = ANY (ARRAY['user'::text, 'account'::text, 'conversation'::text])))
);

CREATE TABLE mutes (
    workspace_id text NOT NULL,
    id uuid NOT NULL,
    number integer NOT NULL,
    target text NOT NULL,
    pattern text NOT NULL,
    until timestamp with time zone,
    reason text,
    created_by text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    lifted_by text,
    lifted_at timestamp with time zone,
    CONSTRAINT mutes_pkey PRIMARY KEY (workspace_id, id),
    CONSTRAINT mutes_workspace_id_number_key UNIQUE (workspace_id, number),
    CONSTRAINT mutes_target_check CHECK ((target = ANY (ARRAY['surface'::text, 'error_signature'::text])))
);

CREATE TABLE outbox (
    workspace_id text NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    channel text NOT NULL,
    subject text NOT NULL,
    sequence integer NOT NULL DEFAULT 0,
    payload jsonb NOT NULL,
    status text NOT NULL DEFAULT 'pending'::text,
    attempts integer NOT NULL DEFAULT 0,
    lease_owner text,
    lease_until timestamp with time zone,
    next_attempt_at timestamp with time zone NOT NULL,
    message_ts text,
    last_error text,
    created_at timestamp with time zone NOT NULL,
    sent_at timestamp with time zone,
    operation text NOT NULL DEFAULT 'post'::text,
    parent_kind text,
    parent_subject text,
    may_be_posted boolean NOT NULL DEFAULT false,
    topic_kind text NOT NULL GENERATED ALWAYS AS (COALESCE(parent_kind, kind)) STORED,
    topic_subject text NOT NULL GENERATED ALWAYS AS (COALESCE(parent_subject, subject)) STORED,
    CONSTRAINT outbox_pkey PRIMARY KEY (workspace_id, id),
    CONSTRAINT outbox_workspace_id_kind_channel_subject_sequence_key UNIQUE (workspace_id, kind, channel, subject, sequence),
    CONSTRAINT outbox_operation_check CHECK ((operation = ANY (ARRAY['post'::text, 'reply'::text, 'update'::text]))),
    CONSTRAINT outbox_parent CHECK ((((operation = 'post'::text) = (parent_kind IS NULL)) AND ((parent_kind IS NULL) = (parent_subject IS NULL)))),
    CONSTRAINT outbox_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'leased'::text, 'sent'::text, 'failed'::text, 'uncertain'::text, 'superseded'::text])))
);

CREATE INDEX outbox_children ON public.outbox USING btree (workspace_id, next_attempt_at) WHERE ((status = ANY (ARRAY['pending'::text, 'leased'::text])) AND (operation <> 'post'::text));

CREATE INDEX outbox_due ON public.outbox USING btree (workspace_id, channel, ((operation <> 'post'::text)), id) WHERE (status = ANY (ARRAY['pending'::text, 'leased'::text]));

CREATE INDEX outbox_message ON public.outbox USING btree (workspace_id, channel, message_ts) WHERE (message_ts IS NOT NULL);

CREATE INDEX outbox_topic ON public.outbox USING btree (workspace_id, channel, topic_kind, topic_subject) WHERE (status = ANY (ARRAY['pending'::text, 'leased'::text]));

CREATE TABLE owner_notices (
    workspace_id text NOT NULL,
    id uuid NOT NULL,
    key text NOT NULL,
    proposal_id uuid,
    incident_id uuid,
    owner text NOT NULL,
    channel text NOT NULL,
    text text NOT NULL,
    sent_at timestamp with time zone NOT NULL,
    acknowledged_by text,
    acknowledged_at timestamp with time zone,
    escalate_to text,
    escalate_at timestamp with time zone,
    escalated_at timestamp with time zone,
    rung integer NOT NULL DEFAULT 0,
    CONSTRAINT owner_notices_pkey PRIMARY KEY (workspace_id, id),
    CONSTRAINT owner_notices_workspace_id_key_key UNIQUE (workspace_id, key),
    CONSTRAINT owner_notices_check CHECK (((escalate_to IS NULL) = (escalate_at IS NULL)))
);

CREATE INDEX owner_notices_waiting ON public.owner_notices USING btree (workspace_id, escalate_at) WHERE ((acknowledged_at IS NULL) AND (rung = 0));

CREATE TABLE priorities (
    workspace_id text NOT NULL,
    date date NOT NULL,
    entity_type text NOT NULL,
    entity_key text NOT NULL,
    rank integer NOT NULL,
    score double precision NOT NULL,
    drivers jsonb NOT NULL,
    pattern_record jsonb NOT NULL,
    explanation jsonb,
    incident_id uuid,
    members jsonb NOT NULL DEFAULT '[]'::jsonb,
    CONSTRAINT priorities_pkey PRIMARY KEY (workspace_id, date, entity_type, entity_key),
    CONSTRAINT priorities_entity_type_check CHECK ((entity_type = ANY (ARRAY['surface'::text, 'error_signature'::text])))
);

CREATE TABLE proposals (
    workspace_id text NOT NULL,
    id uuid NOT NULL,
    number integer NOT NULL,
    key text NOT NULL,
    subject jsonb NOT NULL,
    subject_key text NOT NULL,
    proposed_by text NOT NULL,
    edited_by text,
    action_type text NOT NULL,
    title text NOT NULL,
    risk text NOT NULL,
    parameters jsonb NOT NULL,
    why text NOT NULL,
    expectation jsonb,
    state text NOT NULL,
    version integer NOT NULL DEFAULT 1,
    revision integer NOT NULL DEFAULT 1,
    shown_revision integer NOT NULL DEFAULT 0,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    reminded_at timestamp with time zone,
    decided_by text,
    decided_at timestamp with time zone,
    reason text,
    CONSTRAINT proposals_pkey PRIMARY KEY (workspace_id, id),
    CONSTRAINT proposals_workspace_id_key_key UNIQUE (workspace_id, key),
    CONSTRAINT proposals_workspace_id_number_key UNIQUE (workspace_id, number),
    CONSTRAINT proposals_check CHECK (((state = 'proposed'::text) = (decided_at IS NULL))),
    CONSTRAINT proposals_risk_check1 CHECK ((risk = ANY (ARRAY['low'::text, 'medium'::text, 'high'::text]))),
    CONSTRAINT proposals_state_check1 CHECK ((state = ANY (ARRAY['proposed'::text, 'approved'::text, 'rejected'::text, 'expired'::text, 'withdrawn'::text])))
);

CREATE INDEX proposals_behind ON public.proposals USING btree (workspace_id, created_at) WHERE (shown_revision < revision);

CREATE INDEX proposals_of_subject ON public.proposals USING btree (workspace_id, subject_key);

CREATE INDEX proposals_waiting ON public.proposals USING btree (workspace_id, expires_at) WHERE (state = 'proposed'::text);

CREATE TABLE roles (
    workspace_id text NOT NULL,
    user_id text NOT NULL,
    role text NOT NULL,
    granted_by text NOT NULL,
    granted_at timestamp with time zone NOT NULL,
    CONSTRAINT roles_pkey PRIMARY KEY (workspace_id, user_id, role),
    CONSTRAINT roles_role_check CHECK ((role = ANY (ARRAY['viewer'::text, 'analyst'::text, 'approver'::text, 'admin'::text])))
);

CREATE TABLE runbook_gaps (
    workspace_id text NOT NULL,
    id uuid NOT NULL,
    about text NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    CONSTRAINT runbook_gaps_pkey PRIMARY KEY (workspace_id, id)
);

CREATE INDEX runbook_gaps_asked ON public.runbook_gaps USING btree (workspace_id, asked_at);

CREATE TABLE runbook_sections (
    workspace_id text NOT NULL,
    id uuid NOT NULL,
    runbook_id uuid NOT NULL,
    place integer NOT NULL,
    headings jsonb NOT NULL,
    anchor text NOT NULL,
    page integer,
    body text NOT NULL,
    words tsvector NOT NULL,
    embedding real[],
    embedding_model text,
    CONSTRAINT runbook_sections_pkey PRIMARY KEY (workspace_id, id),
    CONSTRAINT runbook_sections_workspace_id_runbook_id_place_key UNIQUE (workspace_id, runbook_id, place),
    CONSTRAINT runbook_sections_check CHECK (((embedding IS NULL) = (embedding_model IS NULL)))
);

CREATE INDEX runbook_sections_words ON public.runbook_sections USING gin (words);

CREATE TABLE runbook_versions (
    workspace_id text NOT NULL,
    runbook_id uuid NOT NULL,
    version integer NOT NULL,
    file_name text NOT NULL,
    media text NOT NULL,
    content_hash text NOT NULL,
    bytes integer NOT NULL,
    pages integer,
    added_by text NOT NULL,
    added_at timestamp with time zone NOT NULL,
    CONSTRAINT runbook_versions_pkey PRIMARY KEY (workspace_id, runbook_id, version),
    CONSTRAINT runbook_versions_media_check CHECK ((media = ANY (ARRAY['markdown'::text, 'text'::text, 'pdf'::text])))
);

CREATE TABLE runbooks (
    workspace_id text NOT NULL,
    id uuid NOT NULL,
    number integer NOT NULL GENERATED BY DEFAULT AS IDENTITY,
    key text NOT NULL,
    title text NOT NULL,
    version integer NOT NULL,
    owner text,
    url text,
    review_by date,
    reviewed date,
    channels text[] NOT NULL,
    groups text[] NOT NULL,
    CONSTRAINT runbooks_pkey PRIMARY KEY (workspace_id, id),
    CONSTRAINT runbooks_workspace_id_key_key UNIQUE (workspace_id, key),
    CONSTRAINT runbooks_workspace_id_number_key UNIQUE (workspace_id, number)
);

CREATE TABLE settings (
    workspace_id text NOT NULL,
    key text NOT NULL,
    value jsonb NOT NULL,
    updated_by text NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT settings_pkey PRIMARY KEY (workspace_id, key)
);

CREATE TABLE slack_deliveries (
    workspace_id text NOT NULL,
    delivery_key text NOT NULL,
    received_at timestamp with time zone NOT NULL,
    CONSTRAINT slack_deliveries_pkey PRIMARY KEY (workspace_id, delivery_key)
);

CREATE TABLE source_freshness (
    workspace_id text NOT NULL,
    source text NOT NULL,
    first_event_at timestamp with time zone NOT NULL,
    last_event_at timestamp with time zone NOT NULL,
    last_received_at timestamp with time zone NOT NULL,
    events_total bigint NOT NULL,
    CONSTRAINT source_freshness_pkey PRIMARY KEY (workspace_id, source)
);

CREATE TABLE source_hours (
    workspace_id text NOT NULL,
    source text NOT NULL,
    hour timestamp with time zone NOT NULL,
    first_received_at timestamp with time zone NOT NULL,
    CONSTRAINT source_hours_pkey PRIMARY KEY (workspace_id, source, hour)
);

CREATE TABLE subscriptions (
    workspace_id text NOT NULL,
    id uuid NOT NULL,
    number integer NOT NULL,
    kind text NOT NULL,
    channel text NOT NULL,
    surfaces jsonb NOT NULL DEFAULT '[]'::jsonb,
    severity text NOT NULL DEFAULT 'low'::text,
    schedule jsonb,
    question text,
    quiet jsonb,
    weekly_budget integer NOT NULL,
    created_by text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    ended_by text,
    ended_at timestamp with time zone,
    paused_reason text,
    paused_at timestamp with time zone,
    next_due_at timestamp with time zone,
    lease_owner text,
    lease_until timestamp with time zone,
    tried_since timestamp with time zone,
    CONSTRAINT subscriptions_pkey PRIMARY KEY (workspace_id, id),
    CONSTRAINT subscriptions_workspace_id_number_key UNIQUE (workspace_id, number),
    CONSTRAINT subscriptions_check CHECK (((kind = 'question'::text) = (question IS NOT NULL))),
    CONSTRAINT subscriptions_check1 CHECK (((kind = 'alerts'::text) = (schedule IS NULL))),
    CONSTRAINT subscriptions_kind_check CHECK ((kind = ANY (ARRAY['digest'::text, 'alerts'::text, 'weekly'::text, 'question'::text]))),
    CONSTRAINT subscriptions_severity_check CHECK ((severity = ANY (ARRAY['high'::text, 'medium'::text, 'low'::text])))
);

CREATE INDEX subscriptions_due ON public.subscriptions USING btree (workspace_id, next_due_at) WHERE ((ended_at IS NULL) AND (paused_at IS NULL) AND (next_due_at IS NOT NULL));

CREATE TABLE ticket_theme_days (
    workspace_id text NOT NULL,
    theme_id uuid NOT NULL,
    date date NOT NULL,
    tickets integer NOT NULL,
    CONSTRAINT ticket_theme_days_pkey PRIMARY KEY (workspace_id, theme_id, date)
);

CREATE TABLE ticket_theme_tickets (
    workspace_id text NOT NULL,
    event_key uuid NOT NULL,
    theme_id uuid,
    settled boolean NOT NULL,
    normaliser_version smallint NOT NULL,
    CONSTRAINT ticket_theme_tickets_pkey PRIMARY KEY (workspace_id, event_key)
);

CREATE INDEX ticket_theme_tickets_theme ON public.ticket_theme_tickets USING btree (workspace_id, theme_id) WHERE (theme_id IS NOT NULL);

CREATE TABLE ticket_themes (
    workspace_id text NOT NULL,
    theme_id uuid NOT NULL,
    label text NOT NULL,
    terms jsonb NOT NULL,
    exemplars jsonb NOT NULL,
    first_seen date NOT NULL,
    last_seen date NOT NULL,
    tickets integer NOT NULL,
    normaliser_version smallint NOT NULL,
    CONSTRAINT ticket_themes_pkey PRIMARY KEY (workspace_id, theme_id)
);

CREATE TABLE usefulness_votes (
    workspace_id text NOT NULL,
    date date NOT NULL,
    entity_type text NOT NULL,
    entity_key text NOT NULL,
    metric text NOT NULL,
    voter text NOT NULL,
    useful boolean NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT usefulness_votes_pkey PRIMARY KEY (workspace_id, date, entity_type, entity_key, voter)
);

CREATE TABLE webhook_deliveries (
    workspace_id text NOT NULL,
    id uuid NOT NULL,
    source text NOT NULL,
    kind text NOT NULL,
    key uuid NOT NULL,
    state text NOT NULL DEFAULT 'waiting'::text,
    received_at timestamp with time zone NOT NULL,
    bytes integer NOT NULL,
    sealed_with text NOT NULL,
    body bytea,
    attempts integer NOT NULL DEFAULT 0,
    next_attempt_at timestamp with time zone NOT NULL,
    last_error text,
    events integer,
    settled_at timestamp with time zone,
    CONSTRAINT webhook_deliveries_pkey PRIMARY KEY (workspace_id, id),
    CONSTRAINT webhook_deliveries_workspace_id_source_key_key UNIQUE (workspace_id, source, key),
    CONSTRAINT webhook_deliveries_check CHECK (((state = 'parsed'::text) = (body IS NULL))),
    CONSTRAINT webhook_deliveries_check1 CHECK (((state = 'waiting'::text) = (settled_at IS NULL))),
    CONSTRAINT webhook_deliveries_kind_check CHECK ((kind = ANY (ARRAY['sent'::text, 'fetch'::text]))),
    CONSTRAINT webhook_deliveries_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'parsed'::text, 'dead'::text])))
);

CREATE INDEX webhook_deliveries_settled ON public.webhook_deliveries USING btree (workspace_id, state, settled_at) WHERE (state <> 'waiting'::text);

CREATE INDEX webhook_deliveries_waiting ON public.webhook_deliveries USING btree (workspace_id, kind, next_attempt_at, id) WHERE (state = 'waiting'::text);
