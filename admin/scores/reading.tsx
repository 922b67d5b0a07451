import type { ScaleId } from '../../domain/scales.ts';
import type { Figure } from '../../protocol/scores.ts';
import { AxisLabels, axisStart, EmptyBar, IntervalBar } from '../charts/interval-bar.tsx';
import { formatShare, formatTarget } from '../words/format.ts';
import { words } from '../words/words.ts';
import { undisclosedText } from './figure-words.ts';
import { type NamedFigure, speakingFigure } from './named-figure.ts';
import { VerdictMark } from './verdict.tsx';
import './scores.css';

/** Several figures of one measure under one another, on one scale, each with its base and its interval. */
export function Reading(props: {
  rows: readonly NamedFigure[];
  target: number;
  scaleId: ScaleId | null;
  /** Where the bars begin, 0–1; by itself, low enough for these rows. */
  start?: number;
}) {
  const axis = {
    start: props.start ?? readingStart(props.rows.map((row) => row.figure)),
    target: props.target,
  };
  return (
    <div class="reading">
      <div class="reading-row reading-head">
        <p class="reading-measure">{words.scores.measures['share-satisfied']}</p>
        <AxisLabels
          axis={axis}
          startLabel={formatTarget(axis.start)}
          targetLabel={words.scores.target(props.target)}
        />
      </div>
      <dl class="reading-rows">
        {props.rows.map((row) => (
          <ReadingRow key={row.label} row={row} axis={axis} scaleId={props.scaleId} />
        ))}
      </dl>
    </div>
  );
}

/** Where bars must begin for all of these figures to be on them. */
export function readingStart(figures: readonly Figure[]): number {
  return axisStart(figures.flatMap((figure) => figure.interval?.low ?? []));
}

function ReadingRow({
  row,
  axis,
  scaleId,
}: {
  row: NamedFigure;
  axis: { start: number; target: number };
  scaleId: ScaleId | null;
}) {
  const { figure } = row;
  const isMinor = row.isMinor ?? false;
  const undisclosed = undisclosedText(figure, scaleId);
  const share = figure.measures?.shareSatisfied ?? null;
  return (
    <div class={isMinor ? 'reading-row reading-row-minor' : 'reading-row'}>
      <dt>
        {row.longLabel === undefined ? (
          row.label
        ) : (
          <>
            <span aria-hidden="true">{row.label}</span>
            <span class="visually-hidden">{row.longLabel}</span>
          </>
        )}
      </dt>
      {undisclosed !== null || share === null ? (
        <>
          <dd class="reading-bar">
            <EmptyBar axis={axis} />
          </dd>
          <dd class="reading-undisclosed">{undisclosed}</dd>
        </>
      ) : (
        <>
          <dd class="reading-bar">
            <IntervalBar axis={axis} share={share} interval={figure.interval} isMinor={isMinor} />
          </dd>
          <dd class="reading-share">{formatShare(share)}</dd>
          <dd class="reading-base">
            {words.scores.base(figure.base)}
            {figure.disclosure === 'small-base' && ' '}
            {figure.disclosure === 'small-base' && (
              <span class="reading-small-base">{words.scores.disclosure.smallBase}</span>
            )}
          </dd>
          {figure.interval !== null && (
            <dd class="reading-interval">
              <span aria-hidden="true">
                {words.scores.interval(figure.interval.low, figure.interval.high)}
              </span>
              <span class="visually-hidden">
                {words.scores.intervalSpoken(figure.interval.low, figure.interval.high)}
              </span>
            </dd>
          )}
        </>
      )}
    </div>
  );
}

/**
 * What may be said against the target, by the first of these figures that says something; which one is named where it is not the
 * period itself.
 */
export function TargetVerdict(props: { rows: readonly NamedFigure[]; target: number }) {
  const speaking = speakingFigure(props.rows);
  return (
    <p class="target-verdict">
      <span class="soft">{words.scores.verdictSentence(props.target)}</span>{' '}
      {speaking === undefined || speaking.figure.verdict === null ? (
        words.scores.disclosure.noVerdict
      ) : (
        <>
          <VerdictMark verdict={speaking.figure.verdict} />
          {speaking !== props.rows[0] && (
            <span class="soft"> ({words.scores.verdictOver(speaking.label)})</span>
          )}
        </>
      )}
    </p>
  );
}
