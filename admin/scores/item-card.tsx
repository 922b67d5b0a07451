import type { MeasureId } from '../../domain/measures.ts';
import type { Period } from '../../domain/periods.ts';
import type { Figure, ItemScore } from '../../protocol/scores.ts';
import { axisStart, IntervalBar } from '../charts/interval-bar.tsx';
import { periodInSentence } from '../words/period-words.ts';
import { words } from '../words/words.ts';
import { Distribution } from './distribution.tsx';
import { undisclosedText } from './figure-words.ts';
import { formatMeasure, measureValue } from './measures.ts';
import { VerdictMark } from './verdict.tsx';

/** One question: its measure, and how the answers spread. */
export function ItemCard(props: {
  item: ItemScore;
  measureId: MeasureId;
  target: number;
  comparedPeriod: Period;
}) {
  const { item, measureId } = props;
  const text = words.scores;
  return (
    <article class="card item-card" aria-label={item.stem}>
      <div class="item-reading">
        <h3>{item.stem}</h3>
        {item.isGlobal && <p class="soft small item-global">{text.service.globalItem}</p>}
        {item.kind === 'rating' && (
          <>
            <ItemFigure item={item} measureId={measureId} target={props.target} />
            <p class="soft small">
              {text.service.comparedWith(periodInSentence(props.comparedPeriod))}{' '}
              {figureText(item.compared, item, measureId)}
            </p>
          </>
        )}
        {item.kind === 'choice' && item.figure.counts === null && (
          <p class="item-undisclosed">{undisclosedText(item.figure, null)}</p>
        )}
      </div>
      <Distribution item={item} />
    </article>
  );
}

function ItemFigure(props: { item: ItemScore; measureId: MeasureId; target: number }) {
  const { item, measureId, target } = props;
  const { figure } = item;
  const text = words.scores;
  const value = measureValue(measureId, figure.measures);
  if (value === null) return <p class="item-undisclosed">{undisclosedText(figure, item.scaleId)}</p>;
  const isShare = measureId === 'share-satisfied';
  return (
    <>
      <p class="item-value">
        <strong>{formatMeasure(measureId, value)}</strong>{' '}
        <span class="soft small">
          {text.measures[measureId]}, {text.onBase(figure.base)}
        </span>
        {figure.disclosure === 'small-base' && (
          <span class="reading-small-base small"> {text.disclosure.smallBase}</span>
        )}
      </p>
      {isShare && figure.interval !== null && (
        <>
          <IntervalBar
            axis={{ start: axisStart([figure.interval.low]), target }}
            share={value}
            interval={figure.interval}
          />
          <p class="soft small">{text.intervalSpoken(figure.interval.low, figure.interval.high)}</p>
        </>
      )}
      {isShare && figure.verdict !== null && (
        <p>
          <span class="soft">{text.verdictSentence(target)}</span> <VerdictMark verdict={figure.verdict} />
        </p>
      )}
    </>
  );
}

function figureText(figure: Figure, item: ItemScore, measureId: MeasureId): string {
  const value = measureValue(measureId, figure.measures);
  if (value === null) return undisclosedText(figure, item.scaleId) ?? '';
  return `${formatMeasure(measureId, value)}, ${words.scores.onBase(figure.base)}`;
}
