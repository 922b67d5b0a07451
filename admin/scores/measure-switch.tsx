import type { MeasureId } from '../../domain/measures.ts';
import { Segments } from '../components/segments.tsx';
import type { ViewHandle } from '../shell/view.ts';
import { words } from '../words/words.ts';

/** Which measure the questions and the trend are read by. */
export function MeasureSwitch(props: {
  measures: readonly MeasureId[];
  current: MeasureId;
  handle: ViewHandle;
}) {
  return (
    <Segments
      label={words.scores.measure}
      isSmall
      choices={props.measures.map((measure) => ({
        label: words.scores.measures[measure],
        href: props.handle.address({ measure }),
        hint: words.scores.measureHints[measure],
        isCurrent: measure === props.current,
      }))}
    />
  );
}
