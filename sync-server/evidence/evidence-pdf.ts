import { CHANNELS } from '../../domain/answers.ts';
import { aboutScope } from '../exports/about.ts';
import { channelText, dayText, periodName, periodWithDays, typeset, VOLUNTEERS } from '../exports/words.ts';
import { countText, differenceText, goalText, intervalText, percentText, shareText } from './figure-texts.ts';
import { changeText, writeIntegrity } from './integrity-pages.ts';
import type { Evidence, EvidenceService } from './read-evidence.ts';
import { type PageColumn, TaggedPages } from './tagged-pages.ts';

const TITLE = 'Dossier de preuve – satisfaction à l’accueil';
const HOURS = 60;

/** The evidence as a document to hand over: tagged, and read by a screen reader as by the eye. Texts of visitors are left out. */
export async function evidencePdf(evidence: Evidence): Promise<Buffer> {
  const { framing, made, services, organisationNames } = evidence;
  const pages = new TaggedPages({ title: TITLE, madeMs: made.nowMs });
  pages.heading('H1', TITLE);
  pages.paragraph(organisationNames.join(', '), 'strong');
  if (framing.isDemonstration) pages.paragraph(typeset('DÉMONSTRATION : DONNÉES INVENTÉES'), 'strong');
  pages.table(
    [column('Renseignement', 0.26), column('Valeur', 0.74)],
    [
      ['Période', periodWithDays(framing.period)],
      ['Période close', framing.isOpen ? typeset('non : les chiffres bougeront encore') : 'oui'],
      ['Comparée à', periodWithDays(framing.comparedPeriod)],
      ...aboutScope(
        services.map(({ detail }) => detail.service.serviceName),
        framing.isDemonstration,
        made,
      ),
    ],
  );
  writeMethod(pages);
  writeSummary(pages, evidence);
  for (const service of services) writeService(pages, service, evidence);
  return pages.bytes(`${TITLE}, ${periodName(framing.period)}`);
}

function writeMethod(pages: TaggedPages): void {
  pages.heading('H2', 'Comment lire ces chiffres');
  for (const line of [
    'La part de satisfaits est le nombre de réponses « très » ou « plutôt satisfait » (ou « oui ») sur les réponses exprimées, sans « non concerné ».',
    'L’intervalle est celui de Wilson à 95 %. L’objectif est atteint quand tout l’intervalle est au-dessus, non atteint quand il est tout entier en dessous, pas encore démontré entre les deux. Le verdict demande 30 réponses.',
    'Sous 5 réponses, un chiffre est masqué ; de 5 à 10, seuls les effectifs sont donnés.',
    'Les réponses en rafale, trop rapides, toutes pareilles à la suite ou hors horaires sont gardées et mises de côté : leur nombre, leurs motifs et la part avec elles sont donnés. La mission qualité peut en décider autrement ; chaque décision est signée, motivée, et figure ici même reprise.',
    `${VOLUNTEERS}. Les textes des visiteurs ne figurent pas dans ce dossier.`,
  ])
    pages.paragraph(typeset(line), 'soft');
}

function writeSummary(pages: TaggedPages, { services, framing }: Evidence): void {
  pages.heading('H2', 'Question globale, service par service');
  pages.table(
    [
      column('Service', 0.26),
      number('Réponses', 0.12),
      number('Part de satisfaits', 0.14),
      number('Intervalle à 95\u00a0%', 0.16),
      column('Objectif', 0.18),
      number(periodName(framing.comparedPeriod), 0.14),
    ],
    services.map(({ detail }) => {
      const global = detail.items.find((item) => item.isGlobal);
      if (global === undefined) return [detail.service.serviceName, '0', '–', '–', '–', '–'];
      const { figure, compared } = global;
      return [
        detail.service.serviceName,
        countText(figure.base),
        shareText(figure),
        intervalText(figure),
        typeset(`${percentText(detail.service.target)} : ${goalText(figure)}`),
        shareText(compared),
      ];
    }),
  );
}

function writeService(pages: TaggedPages, service: EvidenceService, { framing, made }: Evidence): void {
  const { detail, siteName, versions, actions } = service;
  const { serviceName, organisationName, target } = detail.service;
  if (detail.responses > 0) pages.newPage();
  pages.heading('H2', serviceName);
  pages.paragraph(
    typeset(
      `${siteName}, ${organisationName}. Objectif : ${percentText(target)} de satisfaits. ${countText(detail.responses)} réponses pour la période, ${countText(detail.comparedResponses)} un an avant.`,
    ),
  );
  pages.heading('H3', 'Questionnaires posés');
  if (versions.length === 0) pages.paragraph('Aucun.');
  else
    pages.table(
      [column('Questionnaire', 0.6), number('Version', 0.15), number('Depuis le', 0.25)],
      versions.map(({ surveyName, number: version, publishedOn }) => [
        surveyName,
        String(version),
        dayText(publishedOn),
      ]),
    );
  if (detail.responses + detail.comparedResponses + detail.setAside.responses === 0) {
    pages.paragraph('Aucune réponse dans la période, ni un an avant.');
    return;
  }
  pages.heading('H3', 'Réponses par voie');
  pages.table(
    [
      column('Voie', 0.4),
      number('Réponses', 0.2),
      number('Exprimées', 0.2),
      number('Part de satisfaits', 0.2),
    ],
    CHANNELS.flatMap((channel) => {
      const found = detail.channels.find((one) => one.channel === channel);
      return found === undefined || found.responses === 0
        ? []
        : [
            [
              channelText(channel),
              countText(found.responses),
              countText(found.figure.base),
              shareText(found.figure),
            ],
          ];
    }),
  );
  pages.heading(
    'H3',
    `Chaque question face à l’objectif, et un an avant (${periodName(framing.comparedPeriod)})`,
  );
  writeItems(pages, service);
  pages.heading('H3', 'Couverture');
  pages.paragraph(coverageText(detail.coverage));
  writeIntegrity(pages, service, made);
  pages.heading('H3', 'Révisions de semaines closes');
  if (detail.revisions.length === 0) pages.paragraph('Aucune.');
  else
    pages.table(
      [
        column('Semaine', 0.2),
        column('Révisée le', 0.2),
        number('Réponses', 0.2),
        number('Avant', 0.2),
        number('Après', 0.2),
      ],
      detail.revisions.map((revision) => [
        revision.week,
        dayText(revision.revisedOn),
        changeText(revision),
        revision.shareBefore === null ? '–' : percentText(revision.shareBefore),
        revision.shareAfter === null ? '–' : percentText(revision.shareAfter),
      ]),
    );
  pages.heading('H3', 'Actions annoncées aux visiteurs');
  if (actions.length === 0) pages.paragraph('Aucune.');
  else
    pages.table(
      [column('Depuis le', 0.15), column('Vous avez dit', 0.4), column('Nous avons fait', 0.45)],
      actions.map(({ shownFrom, said, done }) => [dayText(shownFrom), said, done]),
    );
}

function writeItems(pages: TaggedPages, { detail }: EvidenceService): void {
  const rated = detail.items.filter((item) => item.kind === 'rating');
  pages.table(
    [
      column('Question', 0.29),
      number('Réponses', 0.12),
      number('Part', 0.11),
      number('Intervalle à 95\u00a0%', 0.15),
      column('Objectif', 0.13),
      number('Un an avant', 0.1),
      number('Écart (points)', 0.1),
    ],
    rated.map(({ stem, figure, compared }) => [
      stem,
      countText(figure.base),
      shareText(figure),
      intervalText(figure),
      goalText(figure),
      shareText(compared),
      differenceText(figure, compared),
    ]),
  );
}

function coverageText(coverage: EvidenceService['detail']['coverage']): string {
  if (coverage === null || coverage.openMinutes === 0) return 'Inconnue pour cette période.';
  const hours = (minutes: number) => countText(Math.round(minutes / HOURS));
  return typeset(
    `Une tablette vivante ${hours(coverage.aliveMinutes)} heures sur ${hours(coverage.openMinutes)} heures d’ouverture (${percentText(coverage.aliveMinutes / coverage.openMinutes)})${
      coverage.measuredFrom === null ? '' : `, mesurées depuis le ${dayText(coverage.measuredFrom)}`
    }.`,
  );
}

function column(heading: string, share: number): PageColumn {
  return { heading, share };
}

function number(heading: string, share: number): PageColumn {
  return { heading, share, isNumber: true };
}
