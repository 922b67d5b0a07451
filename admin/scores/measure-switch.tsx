import type { MeasureId } from '../../domain/measures.ts';
import type { ViewHandle } from '../shell/view.ts';
import { words } from '../words/words.ts';

/** Which measure the questions and the trend are read by. */
export function MeasureSwitch(props: {
  measures: readonly MeasureId[];
  current: MeasureId;
  handle: ViewHandle;
}) {
  return (
    <ul class="segments no-print" aria-label={words.scores.measure}>
      {props.measures.map((measure) => (
        <li key={measure}>
          <a
            href={props.handle.address({ measure })}
            title={words.scores.measureHints[measure]}
            aria-current={measure === props.current ? 'true' : undefined}
          >
            {words.scores.measures[measure]}
          </a>
        </li>
      ))}
    </ul>
  );
}
