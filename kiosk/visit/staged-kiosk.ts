import * as v from 'valibot';
import { ok } from '../../domain/result.ts';
import { drawableItemsOf, globalItemOf, verbatimItemOf } from '../../domain/survey.ts';
import { HOME, type VisitEvent, transition } from '../../domain/visit.ts';
import { type Assignment, assignmentSchema } from '../../protocol/assignment.ts';
import type { Kiosk, KioskView } from '../kiosk.ts';

/** A kiosk on a stage: the real visit machine, no storage, no network, no clock. For tests of the screens. */
export interface StagedKiosk extends Kiosk {
  /** Shows another view. */
  show(view: KioskView): void;
  /** Shows the first screen. */
  serve(): void;
  /** Lets something happen to the visit on show. */
  happen(event: VisitEvent): void;
  /** The codes that were asked to enrol. */
  readonly enrolledCodes: readonly string[];
  /** Whether the last touch is to be the second half of a double tap. */
  isDoubleTapped: boolean;
  /** How often somebody was noticed. */
  readonly touchCount: number;
}

/** Stages a kiosk that serves an assignment and stands at its first screen. */
export function createStagedKiosk(assignment: Assignment): StagedKiosk {
  const { surveyVersion } = assignment;
  const steps = [
    globalItemOf(surveyVersion),
    ...drawableItemsOf(surveyVersion).slice(0, surveyVersion.maxDrawnItems),
    verbatimItemOf(surveyVersion),
  ].filter((item) => item !== undefined);
  const listeners = new Set<() => void>();
  const enrolledCodes: string[] = [];
  let touchCount = 0;
  const atMs = 0;
  const home: KioskView = {
    kind: 'serving',
    assignment,
    visit: HOME,
    sign: { waiting: 0, connection: 'reached' },
  };
  let view: KioskView = home;

  function show(next: KioskView): void {
    view = next;
    for (const listener of listeners) listener();
  }
  function happen(event: VisitEvent): void {
    if (view.kind === 'serving') show({ ...view, visit: transition(view.visit, event).state });
  }

  const kiosk: StagedKiosk = {
    isDoubleTapped: false,
    get view() {
      return view;
    },
    get touchCount() {
      return touchCount;
    },
    enrolledCodes,
    show,
    serve: () => show(home),
    happen,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async enrol(code) {
      enrolledCodes.push(code);
      return ok(undefined);
    },
    answer: (answer) => happen({ kind: 'answered', answer, steps, atMs }),
    skip: () => happen({ kind: 'skipped', atMs }),
    goBack: () => happen({ kind: 'wentBack', atMs }),
    type: (text) => happen({ kind: 'typed', text, atMs }),
    touchTheme: (code) => happen({ kind: 'themeTouched', code, atMs }),
    send: (flags = []) => happen({ kind: 'sent', flags, atMs }),
    finish: () => happen({ kind: 'finished', atMs }),
    chooseLanguage: (language) => happen({ kind: 'languageChosen', language, atMs }),
    switchComfort: (mode) => happen({ kind: 'comfortSwitched', mode, atMs }),
    carryOn: () => happen({ kind: 'continued', atMs }),
    leaveThanks: () => happen({ kind: 'thanksEnded' }),
    noticeTouch: () => {
      touchCount += 1;
    },
    isSecondTap: () => kiosk.isDoubleTapped,
  };
  return kiosk;
}

/** An assignment as a town would publish it; a test states only what it is about. */
export function anAssignment(overrides: Partial<Assignment> = {}): Assignment {
  return { ...LIBOURNE, ...overrides };
}

const LIBOURNE = v.parse(assignmentSchema, {
  protocol: 1,
  storeId: '00000000-0000-4000-8000-000000000001',
  organisation: { organisationId: 'ville-de-libourne', name: 'Ville de Libourne' },
  site: { name: 'Hôtel de Ville' },
  service: { serviceId: 'accueil-general', name: 'Accueil général' },
  point: { pointId: 'accueil-general', name: 'Accueil général', openingHours: { weekly: {} } },
  timeZone: 'Europe/Paris',
  surveyVersion: {
    surveyId: 'accueil',
    surveyVersionId: 'accueil-1',
    number: 1,
    maxDrawnItems: 3,
    items: [
      {
        kind: 'rating',
        itemId: 'GLOB',
        scaleId: 'four-level',
        isGlobal: true,
        stem: {
          fr: 'Globalement, êtes-vous satisfait de votre visite\u202f?',
          en: 'Overall, how satisfied are you with your visit?',
        },
      },
      {
        kind: 'rating',
        itemId: 'AMAB',
        scaleId: 'four-level',
        isGlobal: false,
        stem: {
          fr: 'Êtes-vous satisfait de l’amabilité et de l’écoute de l’agent\u202f?',
          en: 'How satisfied are you with the friendliness and attention of the staff?',
        },
      },
      {
        kind: 'choice',
        itemId: 'RAIS',
        isMultiple: true,
        stem: { fr: 'Que pourrions-nous améliorer\u202f?', en: 'What could we do better?' },
        options: [
          { code: 'wait', label: { fr: 'Le temps d’attente', en: 'The waiting time' } },
          { code: 'privacy', label: { fr: 'La confidentialité', en: 'Privacy' } },
          { code: 'signs', label: { fr: 'Les panneaux' } },
          { code: 'hours', label: { fr: 'Les horaires d’ouverture', en: 'The opening hours' } },
        ],
      },
      {
        kind: 'rating',
        itemId: 'SIGN',
        scaleId: 'four-level',
        isGlobal: false,
        stem: { fr: 'Êtes-vous satisfait de la lisibilité des panneaux\u202f?' },
      },
      {
        kind: 'verbatim',
        itemId: 'SUGG',
        maxLength: 500,
        stem: { fr: 'Une suggestion\u202f? (facultatif)', en: 'Any suggestion? (optional)' },
      },
    ],
  },
  texts: {
    notice: {
      fr: 'Votre avis est anonyme. La Ville de Libourne l’utilise pour améliorer l’accueil (mission d’intérêt public). Répondre n’est pas obligatoire. N’écrivez pas de nom. Vos réponses sont gardées 13 mois, puis seuls les totaux restent. En savoir plus\u00a0: affiche à l’accueil.',
      en: 'Your opinion is anonymous. The town of Libourne uses it to improve its receptions (public task). Answering is not compulsory. Do not write any name. Your answers are kept 13 months, then only totals remain. Learn more: notice at the reception.',
    },
  },
  sealingKey: { keyId: 'stage', publicKey: 'AA==' },
  publishedResults: null,
  isDemonstration: false,
});
