import type { JSX } from 'preact';
import type { Visit } from '../../domain/visit.ts';
import { type Speech, fill } from '../words/speech.ts';

interface Props {
  readonly speech: Speech;
  readonly visit: Visit;
  readonly step: number;
}

/** How far the visit is, in words and in a row of marks. */
export function Progress({ speech, visit: { steps }, step }: Props): JSX.Element {
  const { words } = speech;
  const total = steps.filter(({ kind }) => kind !== 'verbatim').length;
  const told =
    steps[step]?.kind === 'verbatim'
      ? words.lastStep
      : fill(speech, words.progress, { step: step + 1, total });
  return (
    <div class="progress">
      <p role="status">{told}</p>
      <div class="steps" aria-hidden="true">
        {steps.map(({ itemId }, index) => (
          <span key={itemId} class={index <= step ? 'step-done' : ''} />
        ))}
      </div>
    </div>
  );
}
