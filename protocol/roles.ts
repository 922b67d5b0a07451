/** What somebody is in an organisation. */
export const ROLES = ['administrator', 'quality', 'referent', 'auditor'] as const;
export type Role = (typeof ROLES)[number];

/** What a route lets somebody do. Each route of the web view declares one; which role has which is told once, on the server. */
export const PERMISSIONS = [
  /** One's own account and one's own sessions. */
  'own-account',
  'read-figures',
  /** What figures stand beside: visitors counted. */
  'change-figures',
  /** Which answers stand in the figures, against what the rules say, with one's name and a reason. */
  'decide-exclusions',
  'read-verbatims',
  /** Marking as read, setting themes. */
  'change-verbatims',
  /** Deciding which texts leave, masking passages, and reading what is masked. */
  'moderate-verbatims',
  /** Telephone numbers and addresses, of visitors in their texts and of colleagues. Without it they are masked. */
  'see-contact-details',
  'read-fleet',
  'change-fleet',
  'read-publications',
  /** What tablets and the public page show. */
  'publish',
  'export',
  /** What holds for a whole organisation: word lists, calendars, targets. */
  'change-settings',
  'read-people',
  'change-people',
  'read-audit',
] as const;
export type Permission = (typeof PERMISSIONS)[number];
