import { type Change, changeOfService } from '../../domain/change.ts';
import type { CoverageView } from '../../protocol/coverage.ts';
import type { Figure, Overview, ServiceScore } from '../../protocol/scores.ts';

/** What a letter says, whatever it is written in. */
export interface LetterContent {
  readonly subject: string;
  readonly heading: string;
  readonly days: string;
  /** Made-up figures say so before anything else. */
  readonly warning: string | null;
  /** Whether anything changed, in a sentence. */
  readonly finding: string;
  /** The one thing to do. */
  readonly toDo: { readonly label: string; readonly text: string; readonly link: Link };
  readonly services: readonly LetterService[];
  /** How the figures are to be read. */
  readonly notes: readonly string[];
  readonly footer: { readonly why: string; readonly unsubscribe: Link };
}

export interface Link {
  readonly text: string;
  readonly url: string;
}

/** One reception in a letter. */
export interface LetterService {
  readonly name: string;
  readonly figure: string;
  readonly lines: readonly string[];
  readonly link: Link;
}

/** Where the letter's links lead. */
export interface LetterAddresses {
  /** Of the web view, without a slash at its end. */
  readonly origin: string;
  readonly unsubscribeUrl: string;
}

const VOLUNTEERS = 'Répondants volontaires, non représentatif de tous les usagers.';

/** Sums a person's week up. The figures are those of the weekly page; what it holds back, the letter does too. */
export function letterOf(overview: Overview, addresses: LetterAddresses): LetterContent {
  const services = overview.services.filter(({ status }) => status === 'active');
  const week = Number(overview.period.slice(6));
  const mark = overview.isDemonstration ? 'DÉMONSTRATION – ' : '';
  const finding = findingOf(services, overview.period);
  return {
    subject: `${mark}Parvis, semaine ${week}\u00a0: ${finding.short}`,
    heading: `Semaine ${week}`,
    days: `du ${dayInWords(overview.firstDay)} au ${dayInWords(overview.lastDay)}`,
    warning: overview.isDemonstration ? 'Démonstration\u00a0: tous ces chiffres sont inventés.' : null,
    finding: finding.sentence,
    toDo: toDoOf(services, overview, addresses),
    services: services.map((service) => serviceOf(service, overview, addresses)),
    notes: [
      VOLUNTEERS,
      'Entre crochets\u00a0: intervalle de confiance à 95\u00a0%. Un signal est un écart que le hasard seul n’expliquerait pas une fois sur cent, avec les 13 semaines d’avant ou avec les limites habituelles de l’année.',
    ],
    footer: {
      why: 'Vous recevez cette lettre le lundi parce que vous suivez ces accueils dans Parvis.',
      unsubscribe: { text: 'Ne plus la recevoir', url: addresses.unsubscribeUrl },
    },
  };
}

function findingOf(
  services: readonly ServiceScore[],
  period: string,
): { readonly short: string; readonly sentence: string } {
  if (services.every(({ responses }) => responses === 0))
    return { short: 'aucune réponse', sentence: 'Aucune réponse n’est arrivée cette semaine.' };
  const moved = (direction: 'up' | 'down') =>
    services.filter((service) => hasMoved(service, direction, period));
  const downs = moved('down').map(({ serviceName }) => serviceName);
  const ups = moved('up').map(({ serviceName }) => serviceName);
  if (downs.length + ups.length === 0)
    return services.some((service) => changeOfService(service, period).kind === 'no-signal')
      ? { short: 'pas de signal', sentence: 'Rien n’a changé plus que le hasard ne l’explique.' }
      : {
          short: 'trop peu de réponses',
          sentence: 'Trop peu de réponses pour dire si quelque chose a changé.',
        };
  const parts = [
    ...(downs.length > 0 ? [`en baisse\u00a0: ${downs.join(', ')}`] : []),
    ...(ups.length > 0 ? [`en hausse\u00a0: ${ups.join(', ')}`] : []),
  ];
  return {
    short: `signal ${parts.join('\u00a0; ')}`,
    sentence: `La satisfaction a bougé, ${parts.join('\u00a0; ')}.`,
  };
}

/** The first that holds: a fall to understand, a tablet to look at, words to read, a target to work for. */
function toDoOf(
  services: readonly ServiceScore[],
  { period }: Overview,
  { origin }: LetterAddresses,
): LetterContent['toDo'] {
  const label = 'À faire';
  const verbatims = (service: ServiceScore | null): Link => ({
    text: 'Lire les suggestions',
    url: `${origin}/admin/verbatims?period=${period}${
      service === null ? '' : `&organisation=${service.organisationId}&service=${service.serviceId}`
    }`,
  });
  const fallen = services.find((service) => hasMoved(service, 'down', period));
  if (fallen !== undefined)
    return {
      label,
      text: `Cherchez ce qui a changé à «\u00a0${fallen.serviceName}\u00a0»\u00a0: commencez par les suggestions de la semaine.`,
      link: verbatims(fallen),
    };
  const silent = services.find(({ tablets }) => tablets.some(({ isSilent }) => isSilent));
  if (silent !== undefined)
    return {
      label,
      text: `Regardez la tablette de «\u00a0${silent.serviceName}\u00a0»\u00a0: elle ne donne plus signe de vie.`,
      link: { text: 'Voir les tablettes', url: `${origin}/admin/tablettes` },
    };
  const waiting = services.reduce((sum, { unreadVerbatims }) => sum + unreadVerbatims, 0);
  if (waiting > 0)
    return {
      label,
      text:
        waiting === 1 ? 'Lisez la suggestion qui attend.' : `Lisez les ${waiting} suggestions qui attendent.`,
      link: verbatims(null),
    };
  const missed = services.find(({ figure }) => figure.verdict === 'not-reached');
  if (missed !== undefined)
    return {
      label,
      text: `«\u00a0${missed.serviceName}\u00a0» est sous son objectif\u00a0: dites aux visiteurs ce que vous faites.`,
      link: { text: 'Préparer l’affichage', url: `${origin}/admin/affichage` },
    };
  return {
    label,
    text: 'Rien cette semaine\u00a0: partagez le résultat avec l’équipe.',
    link: { text: 'Ouvrir la semaine', url: `${origin}/admin/?period=${period}` },
  };
}

function serviceOf(service: ServiceScore, { period }: Overview, { origin }: LetterAddresses): LetterService {
  const { figure, rolling13, unreadVerbatims, tablets, responses, setAside } = service;
  const silent = tablets.filter(({ isSilent }) => isSilent).length;
  return {
    name: service.serviceName,
    figure: figureText(figure, service.target),
    lines: [
      `${counted(responses, 'réponse reçue', 'réponses reçues')}${
        setAside.responses === 0 ? '' : `, ${setAside.responses} de plus mises de côté`
      }`,
      ...(rolling13.measures === null
        ? []
        : [
            `13 semaines\u00a0: ${percent(rolling13.measures.shareSatisfied)} de satisfaits (${counted(rolling13.base, 'réponse', 'réponses')})`,
          ]),
      changeText(changeOfService(service, period)),
      ...(service.coverage === null ? [] : [coverageText(service.coverage)]),
      ...(unreadVerbatims === 0 ? [] : [counted(unreadVerbatims, 'suggestion à lire', 'suggestions à lire')]),
      ...(silent === 0 ? [] : [counted(silent, 'tablette silencieuse', 'tablettes silencieuses')]),
    ],
    link: {
      text: 'Détail',
      url: `${origin}/admin/services/${encodeURIComponent(service.organisationId)}/${encodeURIComponent(service.serviceId)}?period=${period}`,
    },
  };
}

/** « 93,6 % de satisfaits [82,8 – 97,8 %], 47 réponses : objectif de 90 % pas encore démontré » */
function figureText({ base, disclosure, measures, interval, verdict }: Figure, target: number): string {
  if (disclosure === 'none') return 'Aucune réponse exprimée';
  const answers = counted(base, 'réponse exprimée', 'réponses exprimées');
  if (measures === null || interval === null) return `${answers}\u00a0: trop peu pour une part`;
  const share = `${percent(measures.shareSatisfied)} de satisfaits [${number(interval.low * 100)} – ${percent(interval.high)}], ${answers}`;
  const goal = `objectif de ${number(target * 100, 0)}\u00a0%`;
  switch (verdict) {
    case 'reached':
      return `${share}\u00a0: ${goal} atteint`;
    case 'not-reached':
      return `${share}\u00a0: ${goal} non atteint`;
    case 'not-yet-demonstrated':
      return `${share}\u00a0: ${goal} pas encore démontré`;
    case null:
      return `${share}\u00a0: petit effectif`;
  }
}

function hasMoved(service: ServiceScore, direction: 'up' | 'down', period: string): boolean {
  const change = changeOfService(service, period);
  return change.kind === 'signal' && change.direction === direction;
}

/** « Tablette en marche 92,4 % des heures d’ouverture » */
function coverageText({ aliveMinutes, openMinutes }: CoverageView): string {
  if (openMinutes === 0) return 'Aucune heure d’ouverture';
  return `Tablette en marche ${percent(aliveMinutes / openMinutes)} des heures d’ouverture`;
}

function changeText(change: Change): string {
  switch (change.kind) {
    case 'signal':
      return change.direction === 'up' ? 'Signal\u00a0: en hausse' : 'Signal\u00a0: en baisse';
    case 'no-signal':
      return 'Pas de signal';
    case 'not-enough':
      return 'Trop peu de réponses pour un signal';
  }
}

function counted(count: number, one: string, many: string): string {
  return `${number(count, 0)} ${count < 2 ? one : many}`;
}

function percent(share: number): string {
  return `${number(share * 100)}\u00a0%`;
}

function number(value: number, decimals = 1): string {
  return new Intl.NumberFormat('fr-FR', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  }).format(value);
}

function dayInWords(day: string): string {
  return new Intl.DateTimeFormat('fr-FR', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(new Date(`${day}T12:00:00Z`));
}
