import type { Figure } from '../../protocol/scores.ts';
import { words } from '../words/words.ts';
import type { Change } from '../../domain/change.ts';
import './scores.css';

export type Verdict = NonNullable<Figure['verdict']>;

/** A word and a shape, each enough alone; the colour only repeats them. */
export function VerdictMark({ verdict }: { verdict: Verdict }) {
  return (
    <span class={`verdict verdict-${verdict}`}>
      <svg class="shape" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
        {verdict === 'reached' && (
          <>
            <circle cx="10" cy="10" r="9" class="shape-full" />
            <path d="m5.8 10.4 2.9 2.9 5.6-6.2" class="shape-cut" />
          </>
        )}
        {verdict === 'not-reached' && (
          <>
            <path d="M10 1.2 19 18H1z" class="shape-full" />
            <path d="M10 7v5.2M10 14.8v.4" class="shape-cut" />
          </>
        )}
        {verdict === 'not-yet-demonstrated' && (
          <>
            <circle cx="10" cy="10" r="8" class="shape-line" />
            <path d="M10 2a8 8 0 0 1 0 16z" class="shape-full" />
          </>
        )}
      </svg>
      {words.scores.verdict[verdict]}
    </span>
  );
}

/** Whether the period moved more than chance would move it. */
export function SignalMark({ signal }: { signal: Change }) {
  const text = words.scores.signal;
  switch (signal.kind) {
    case 'not-enough':
      return <span class="signal">{text.notEnough}</span>;
    case 'no-signal':
      return (
        <span class="signal">
          <Arrow path="M2 10h15M12 5.5l5 4.5-5 4.5" />
          {text.none}
        </span>
      );
    case 'signal':
      return signal.direction === 'up' ? (
        <span class="signal signal-up">
          <Arrow path="m3.5 16.5 13-13M7.5 3.5h9v9" />
          {text.up}
        </span>
      ) : (
        <span class="signal signal-down">
          <Arrow path="m3.5 3.5 13 13M7.5 16.5h9v-9" />
          {text.down}
        </span>
      );
  }
}

function Arrow({ path }: { path: string }) {
  return (
    <svg class="shape" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path class="shape-line" d={path} />
    </svg>
  );
}
