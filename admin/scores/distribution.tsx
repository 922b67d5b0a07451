import { NOT_APPLICABLE, scaleOf } from '../../domain/scales.ts';
import type { ItemScore } from '../../protocol/scores.ts';
import { type Level, LevelBar } from '../charts/level-bar.tsx';
import { formatCount, formatShare } from '../words/format.ts';
import { words } from '../words/words.ts';
import { type OptionCount, optionCounts } from './figure-words.ts';

/** The answers of one question by level: a bar, and the same counts as a table. */
export function Distribution({ item }: { item: ItemScore }) {
  const counts = optionCounts(item.figure, item.options);
  if (counts === null || item.figure.base === 0) return <div />;
  const text = words.scores.service;
  // Below eleven answers the counts may be told, and no share of them.
  const hasShares = item.figure.disclosure !== 'counts-only';
  return (
    <div class="distribution">
      <LevelBar levels={counts.filter((option) => option.code !== NOT_APPLICABLE).map(levelOf(item))} />
      <table class="table table-tight">
        <caption class="visually-hidden">{text.distributionCaption(item.stem)}</caption>
        <thead>
          <tr>
            <th scope="col">{text.level}</th>
            <th scope="col" class="number">
              {text.count}
            </th>
            {hasShares && (
              <th scope="col" class="number">
                {text.share}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {counts.map((option) => (
            <tr key={option.code}>
              <th scope="row">
                <span class={`level-key level-key-${levelOf(item)(option).tone}`} aria-hidden="true" />
                {option.label}
              </th>
              <td class="number">{formatCount(option.count)}</td>
              {hasShares && (
                <td class="number">
                  {option.code === NOT_APPLICABLE
                    ? text.outsideBase
                    : formatShare(option.count / item.figure.base)}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {!hasShares && <p class="soft small">{text.sharesHidden}</p>}
    </div>
  );
}

/** Gives an option its colour: by its place on the scale; none where the options have no order. */
function levelOf(item: ItemScore): (option: OptionCount) => Level {
  return (option) => ({ ...option, tone: toneOf(item, option.code) });
}

function toneOf(item: ItemScore, code: string): Level['tone'] {
  if (item.scaleId === null) return 'neutral';
  const score = scaleOf(item.scaleId).points.find((point) => point.code === code)?.score;
  if (score === undefined || score === 50) return 'neutral';
  if (score >= 90) return 1;
  if (score > 50) return 2;
  return score > 20 ? 3 : 4;
}
