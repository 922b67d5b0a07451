import type { Role } from '../../protocol/roles.ts';
import type { Integrity, IntegrityTables, LateChange } from './integrity-tables.ts';
import type { LetterTables } from './letter-tables.ts';
import type { VerbatimTables } from './verbatim-tables.ts';

/** The tables as Kysely sees them; `sqlite/*.sql` is where they are made. Column names, units and rules are explained there. */
export interface Tables extends IntegrityTables, LetterTables, VerbatimTables {
  instance: {
    instance_id: number;
    store_id: string;
    code_salt: Uint8Array;
    backup_finished_at: string | null;
    backup_file: string | null;
    backup_failed_at: string | null;
    backup_fault: string | null;
  };
  organisations: {
    organisation_id: string;
    name: string;
    time_zone: string;
    /** JSON: wording by language. */
    notice: string;
    position: number;
    is_demonstration: number;
  };
  sites: { organisation_id: string; site_id: string; name: string };
  services: {
    organisation_id: string;
    service_id: string;
    site_id: string;
    name: string;
    status: 'active' | 'in-preparation';
    target_percent: number;
    position: number;
  };
  surveys: { organisation_id: string; survey_id: string; name: string };
  survey_versions: {
    organisation_id: string;
    survey_version_id: string;
    survey_id: string;
    number: number;
    /** JSON: domain/survey.ts SurveyVersion. */
    content: string;
    published_at: string;
  };
  points: {
    organisation_id: string;
    point_id: string;
    service_id: string;
    survey_id: string;
    name: string;
    /** JSON: domain/opening-hours.ts OpeningHours. */
    opening_hours: string;
  };
  enrolment_codes: {
    organisation_id: string;
    code_hash: string;
    link_hash: string;
    point_id: string;
    created_at: string;
    expires_at: string;
    used_at: string | null;
  };
  enrolments: {
    organisation_id: string;
    enrolment_id: string;
    point_id: string;
    token_hash: string;
    enrolled_at: string;
    revoked_at: string | null;
    last_seen_at: string | null;
    high_water_mark: number;
    largest_sequence: number;
    safe_through: number;
    boot_id: string | null;
    clock_offset_ms: number | null;
    /** JSON: protocol/device-report.ts DeviceReport. */
    report: string | null;
    is_demonstration: number;
  };
  presence_keys: {
    organisation_id: string;
    enrolment_id: string;
    reference: string;
    key: Uint8Array;
    clock_offset_ms: number;
  };
  presence_claims: {
    organisation_id: string;
    reference: string;
    slot: number;
    chance: string;
    forget_after: string;
  };
  visit_grants: {
    organisation_id: string;
    grant_hash: string;
    enrolment_id: string;
    expires_at: string;
    forget_after: string;
    /** null until the visit has left something. */
    response_id: string | null;
    revision: number;
  };
  staff_codes: {
    organisation_id: string;
    iterations: number;
    salt: Uint8Array;
    hash: Uint8Array;
    shown_code: string | null;
    changed_at: string;
  };
  known_losses: {
    organisation_id: string;
    enrolment_id: string;
    first_sequence: number;
    last_sequence: number;
    /** Of the loss it belongs to: one loss may leave several runs. */
    through_sequence: number;
    noticed_at: string;
    cause: string;
  };
  shared_enrolments: {
    organisation_id: string;
    enrolment_id: string;
    former_boot_id: string | null;
    boot_returns: number;
    taken_sequences: number;
    last_sign_at: string | null;
  };
  early_arrivals: { organisation_id: string; enrolment_id: string; sequence: number };
  responses: {
    organisation_id: string;
    response_id: string;
    enrolment_id: string;
    /** 0 where the tablet only showed the code for a telephone: such an answer is none of its count. */
    sequence: number;
    point_id: string;
    service_id: string;
    survey_version_id: string;
    channel: string;
    language: string;
    local_date: string;
    half_day: 'am' | 'pm';
    received_on: string;
    disposition: 'complete' | 'partial';
    duration_seconds: number;
    /** JSON: list of flags. */
    flags: string;
    is_counted: number;
    integrity_rules: number | null;
    /** JSON: list of domain/answers.ts Answer. */
    answers: string;
    content_hash: Uint8Array;
  };
  tallies: {
    organisation_id: string;
    grain: 'day' | 'week';
    service_id: string;
    /** '' counts whole responses, by disposition; '*' those set aside, by reason. */
    item_id: string;
    /** '' for a choice and for whole responses. A new scale starts a new series. */
    scale_id: string;
    starts_on: string;
    channel: string;
    integrity: Integrity;
    code: string;
    count: number;
  };
  late_tallies: {
    organisation_id: string;
    service_id: string;
    item_id: string;
    scale_id: string;
    week_starts_on: string;
    /** When it came, or was decided. */
    received_on: string;
    integrity: LateChange;
    code: string;
    count: number;
  };
  half_day_tallies: {
    organisation_id: string;
    service_id: string;
    item_id: string;
    scale_id: string;
    local_date: string;
    half_day: 'am' | 'pm';
    code: string;
    count: number;
  };
  quarantine: {
    organisation_id: string;
    quarantine_id: string;
    enrolment_id: string;
    content_hash: Uint8Array;
    response_id: string | null;
    sequence: number | null;
    received_at: string;
    reason: string;
    /** The entry exactly as it came, as JSON text. */
    body: string;
  };
  tombstones: { organisation_id: string; response_id: string; erased_on: string };
  people: {
    organisation_id: string;
    person_id: string;
    name: string;
    /** Lower case. */
    email: string;
    password_hash: string | null;
    created_at: string;
    deactivated_at: string | null;
    totp_secret: string | null;
    totp_confirmed_at: string | null;
    totp_last_step: number | null;
  };
  role_grants: {
    organisation_id: string;
    home_organisation_id: string;
    person_id: string;
    role: Role;
  };
  grant_places: {
    organisation_id: string;
    home_organisation_id: string;
    person_id: string;
    kind: 'site' | 'service';
    place_id: string;
  };
  recovery_codes: { organisation_id: string; person_id: string; code_hash: string; used_at: string | null };
  sessions: {
    organisation_id: string;
    token_hash: string;
    session_id: string;
    person_id: string;
    created_at: string;
    last_seen_at: string;
    expires_at: string;
    device: string;
    way: 'password' | 'link' | 'machine';
  };
  audit_entries: {
    organisation_id: string;
    entry_id: string;
    recorded_at: string;
    person_id: string | null;
    person_name: string;
    action: string;
    subject: string;
    service_id: string;
    /** JSON: sync-server/audit/trail.ts TrailDetail. */
    detail: string;
  };
  sign_in_links: {
    organisation_id: string;
    token_hash: string;
    person_id: string;
    expires_at: string;
    used_at: string | null;
    is_from_machine: number;
  };
  published_results: {
    organisation_id: string;
    service_id: string;
    share_satisfied: number;
    base: number;
    /** JSON: wording by language. */
    period_label: string;
    published_on: string;
    published_by: string;
  };
  alive_quarters: {
    organisation_id: string;
    point_id: string;
    local_date: string;
    morning: number;
    afternoon: number;
  };
  visitor_counts: {
    organisation_id: string;
    service_id: string;
    local_date: string;
    visitors: number;
    source: 'hand' | 'file';
    entered_at: string;
    entered_by: string;
  };
  calendar_marks: {
    organisation_id: string;
    mark_id: string;
    first_day: string;
    last_day: string;
    kind: 'election' | 'school-holidays' | 'closure' | 'other';
    label: string;
    created_at: string;
    created_by: string;
  };
  improvements: {
    organisation_id: string;
    improvement_id: string;
    service_id: string;
    said: string;
    done: string;
    shown_from: string;
    created_at: string;
    created_by: string;
  };
}
