import { t } from '../typography.ts';

export const auditWords = {
  heading: 'Journal',
  lead: t`Qui a vu ou changé quoi. Les mots des visiteurs n’y sont jamais. La base de données refuse qu’on y touche ; ce qui a plus d’un an est supprimé.`,
  filters: 'Filtres',
  person: 'Qui',
  everybody: 'Tout le monde',
  action: 'Quoi',
  everything: 'Toutes les actions',
  from: 'Du',
  to: 'Au',
  apply: 'Filtrer',
  clear: 'Tout montrer',
  export: 'Exporter (CSV)',
  table: 'Journal',
  columns: { when: 'Quand', who: 'Qui', what: 'Quoi', about: 'Sur quoi', organisation: 'Organisation' },
  server: 'Parvis',
  empty: 'Rien dans le journal pour ces filtres.',
  newest: 'Revenir au plus récent',
  older: 'Plus ancien',
};
