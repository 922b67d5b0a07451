import type { AuditAction } from '../../protocol/audit.ts';
import type { Role } from '../../protocol/roles.ts';
import { periodName, typeset } from '../exports/words.ts';
import type { TrailDetail } from './record-entry.ts';

const ACTIONS: Readonly<Record<AuditAction, string>> = {
  'signed-in': 'S’est connecté',
  'sign-in-refused': 'Connexion refusée',
  'signed-out': 'S’est déconnecté',
  'sessions-ended': 'A fermé des sessions',
  'link-asked': 'A demandé un lien de connexion',
  'link-made': 'Lien de connexion créé',
  'account-changed': 'A changé son compte',
  'second-factor-set': 'A ajouté un second facteur',
  'second-factor-removed': 'A retiré son second facteur',
  'people-read': 'A consulté les personnes',
  'person-invited': 'A invité une personne',
  'person-changed': 'A changé le rôle d’une personne',
  'person-deactivated': 'A désactivé un compte',
  'person-reactivated': 'A réactivé un compte',
  'verbatims-read': 'A lu des verbatims',
  'verbatim-changed': 'A traité un verbatim',
  'export-made': 'A exporté un fichier',
  'code-made': 'A créé un code d’enregistrement',
  'tablet-revoked': 'A retiré une tablette',
  'staff-code-changed': 'A changé le code des tablettes',
  'rescue-imported': 'A importé un fichier de secours',
  'result-published': 'A publié un résultat',
  'result-withdrawn': 'A retiré un résultat',
  'improvement-added': 'A ajouté une action menée',
  'improvement-changed': 'A changé une action menée',
  'improvement-removed': 'A retiré une action menée',
  'figures-changed': 'A changé ce que comptent les chiffres',
  'exclusion-signed': 'A signé une décision sur des réponses',
  'exclusion-taken-back': 'A repris une décision sur des réponses',
  'settings-changed': 'A changé un réglage',
  'audit-read': 'A consulté le journal',
};
const ROLE_NAMES: Readonly<Record<Role, string>> = {
  administrator: 'administrateur',
  quality: 'mission qualité',
  referent: 'référent',
  auditor: 'auditeur',
};
const WAYS: Readonly<Record<NonNullable<TrailDetail['way']>, string>> = {
  password: 'mot de passe',
  link: 'lien à usage unique',
  'recovery-code': 'code de secours',
};
const CHANGES: Readonly<Record<string, string>> = {
  'mark-read': 'marqué lu',
  'mark-unread': 'marqué non lu',
  hide: 'masqué',
  show: 'montré de nouveau',
  release: 'publié',
  mask: 'masqué',
  include: 'remises dans les chiffres',
  'set-aside': 'écartées des chiffres',
  email: 'adresse électronique',
  password: 'mot de passe',
  'email-and-password': 'adresse électronique et mot de passe',
};
const SUBJECTS: Readonly<Record<string, string>> = {
  response: 'réponse',
  tablet: 'tablette',
  improvement: 'action',
  person: 'personne',
  session: 'session',
  point: 'point d’accueil',
  decision: 'décision',
};

/** What is counted where it is not lines. */
const THINGS: Partial<Readonly<Record<AuditAction, string>>> = {
  'verbatims-read': 'texte',
  'exclusion-signed': 'réponse',
  'exclusion-taken-back': 'réponse',
};

/** What an action is called, by itself. */
export function actionLabel(action: AuditAction): string {
  return ACTIONS[action];
}

/** What was done, with the counts, formats and roles that the entry notes. */
export function whatText(
  action: AuditAction,
  { count, file, period, change, role, way }: TrailDetail,
): string {
  const more = [
    ...(count === undefined ? [] : [countText(action, count)]),
    ...(file === undefined ? [] : [file]),
    ...(change === undefined ? [] : [CHANGES[change] ?? change]),
    ...(role === undefined || role === null ? [] : [ROLE_NAMES[role]]),
    ...(way === undefined ? [] : [WAYS[way]]),
    ...(period === undefined ? [] : [periodName(period)]),
  ];
  return typeset(more.length === 0 ? ACTIONS[action] : `${ACTIONS[action]} : ${more.join(', ')}`);
}

function countText(action: AuditAction, count: number): string {
  const thing = THINGS[action] ?? 'ligne';
  return `${count} ${thing}${count > 1 ? 's' : ''}`;
}

/** Who or what it was done to. @param name where the subject has one that people know */
export function aboutText(subject: string, name: string | null, serviceName: string | null): string {
  const [kind = '', id = ''] = subject.split(':');
  const of = name ?? id;
  return [
    ...(subject === '' ? [] : [`${SUBJECTS[kind] ?? kind} ${of}`]),
    ...(serviceName === null ? [] : [serviceName]),
  ].join(', ');
}
