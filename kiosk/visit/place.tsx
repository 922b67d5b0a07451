import type { JSX } from 'preact';
import type { Assignment } from '../../protocol/assignment.ts';
import type { Speech } from '../words/speech.ts';

/** Where the visitor is: the town's own names, which are French in every language. */
export function Place({
  assignment,
  speech,
}: {
  readonly assignment: Assignment;
  readonly speech: Speech;
}): JSX.Element {
  const { organisation, site, point, isDemonstration } = assignment;
  return (
    <div class="place">
      <ParvisMark />
      <div lang="fr">
        <div class="place-names">
          <p class="place-point">{point.name}</p>
          {isDemonstration && (
            <p class="demonstration" lang={speech.language}>
              {speech.words.demonstration}
            </p>
          )}
        </div>
        <p class="place-organisation">
          {[...new Set([site.name, organisation.name])].filter((name) => name !== point.name).join(' · ')}
        </p>
      </div>
    </div>
  );
}

/** A town hall before its square. */
export function ParvisMark(): JSX.Element {
  return (
    <svg class="parvis-mark" viewBox="0 0 48 48" aria-hidden="true">
      <path d="M8 19 24 7l16 12zM13 19v10M20.3 19v10M27.7 19v10M35 19v10" />
      <path class="solid" d="M11 33h26l6 9H5z" />
    </svg>
  );
}

/** The paving of the square, running to its vanishing point behind the foot of a quiet screen. */
export function Paving(): JSX.Element {
  return (
    <svg class="paving" viewBox="0 0 1600 240" preserveAspectRatio="xMidYMin slice" aria-hidden="true">
      <path d={PAVING_LINES} />
    </svg>
  );
}

const PAVING_LINES = [
  ...Array.from(
    { length: 25 },
    (_, index) => `M${800 + (index - 12) * 84} 0L${800 + (index - 12) * 196} 240`,
  ),
  ...[1, 38, 86, 150, 236].map((y) => `M0 ${y}H1600`),
].join('');
