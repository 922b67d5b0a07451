import type { ScaleId } from '../../domain/scales.ts';
import type { Figure } from '../../protocol/scores.ts';
import { EmptyBar, IntervalBar } from '../charts/interval-bar.tsx';
import { formatShare } from '../words/format.ts';
import { words } from '../words/words.ts';
import { undisclosedText } from './figure-words.ts';
import { VerdictMark } from './verdict.tsx';
import './scores.css';

export interface NamedFigure {
  readonly label: string;
  /** Said in full to whoever hears it. */
  readonly longLabel?: string;
  readonly figure: Figure;
  readonly isMinor?: boolean;
}

/** Several figures of one measure under one another, on one scale, each with its base and its interval. */
export function Reading(props: { rows: readonly NamedFigure[]; target: number; scaleId: ScaleId | null }) {
  return (
    <div class="reading">
      <p class="reading-measure">{words.scores.measures['share-satisfied']}</p>
      <dl class="reading-rows">
        {props.rows.map((row) => (
          <ReadingRow key={row.label} row={row} target={props.target} scaleId={props.scaleId} />
        ))}
      </dl>
    </div>
  );
}

function ReadingRow({ row, target, scaleId }: { row: NamedFigure; target: number; scaleId: ScaleId | null }) {
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
            <EmptyBar target={target} />
          </dd>
          <dd class="reading-undisclosed">{undisclosed}</dd>
        </>
      ) : (
        <>
          <dd class="reading-bar">
            <IntervalBar share={share} interval={figure.interval} target={target} isMinor={isMinor} />
          </dd>
          <dd class="reading-share">{formatShare(share)}</dd>
          <dd class="reading-base">
            {words.scores.base(figure.base)}
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
  const speaking = props.rows.find(({ figure }) => figure.verdict !== null);
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
