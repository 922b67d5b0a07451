/**
 * Identities. Each is a string on the wire and in SQL; the brand keeps one kind from being passed for another.
 * Town-made ids (organisation, site, service, point, survey, item) are short kebab-case words or codes, at most 64
 * characters; machine-made ids (response, enrolment, batch, boot, store, improvement) are UUIDs.
 */
type Branded<Name extends string> = string & { readonly __id: Name };

export type OrganisationId = Branded<'organisation'>;
export type SiteId = Branded<'site'>;
export type ServiceId = Branded<'service'>;
/** A reception point: the place where a tablet stands. */
export type PointId = Branded<'point'>;
export type SurveyId = Branded<'survey'>;
export type SurveyVersionId = Branded<'survey-version'>;
/** Stays the same across survey versions for as long as wording and scale mean the same. */
export type ItemId = Branded<'item'>;
export type EnrolmentId = Branded<'enrolment'>;
/** Made once on the tablet at enqueue; the idempotency key of the answer. */
export type ResponseId = Branded<'response'>;
export type BatchId = Branded<'batch'>;
/** One life of the tablet's page; instants of one boot share one clock error. */
export type BootId = Branded<'boot'>;
export type DecisionId = Branded<'decision'>;
/** One life of the server's database; a restored store has a new one. */
export type StoreId = Branded<'store'>;
export type PersonId = Branded<'person'>;
export type ImprovementId = Branded<'improvement'>;
