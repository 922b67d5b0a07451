import type { JSX } from 'preact';
import type { LevelCode } from '../words/words.ts';

/**
 * The faces, drawn here. Each level differs by mouth, eyes and outline (a round disc for the best, squarer towards the
 * worst), so that it reads without its colour. They are decoration: the words beside them are the name.
 */
export function LevelMark({ code }: { readonly code: LevelCode }): JSX.Element {
  return (
    <svg class="face" viewBox="0 0 120 120" aria-hidden="true">
      {MARK_BY_LEVEL[code]}
    </svg>
  );
}

const MARK_BY_LEVEL: Readonly<Record<LevelCode, JSX.Element>> = {
  'very-satisfied': (
    <>
      <circle class="disc level-1" cx="60" cy="60" r="56" />
      <path d="M32 53q9-14 18 0M70 53q9-14 18 0" />
      <path class="filled" d="M34 69h52q-3 25-26 25t-26-25z" />
    </>
  ),
  'fairly-satisfied': (
    <>
      <path class="disc level-2" d={squircle(30)} />
      <Eyes />
      <path d="M36 73q24 20 48 0" />
    </>
  ),
  neither: (
    <>
      <path class="disc level-3" d={squircle(34)} />
      <Eyes />
      <path d="M40 80h40" />
    </>
  ),
  'fairly-dissatisfied': (
    <>
      <path class="disc level-4" d={squircle(38)} />
      <Eyes />
      <path d="M38 87q22-18 44 0" />
    </>
  ),
  'very-dissatisfied': (
    <>
      <path class="disc level-5" d={squircle(46)} />
      <path d="M32 41l14-4M88 41l-14-4M31 54q9 7 18 0M71 54q9 7 18 0" />
      <path d="M33 94q27-34 54 0" />
    </>
  ),
  yes: (
    <>
      <circle class="disc level-1" cx="60" cy="60" r="56" />
      <path class="tick" d="M34 62l18 19 35-40" />
    </>
  ),
  no: (
    <>
      <path class="disc level-5" d={squircle(46)} />
      <path class="tick" d="M40 40l40 40M80 40l-40 40" />
    </>
  ),
  'not-applicable': (
    <>
      <circle class="disc disc-empty" cx="60" cy="60" r="52" />
      <path d="M36 60h48" />
    </>
  ),
};

function Eyes(): JSX.Element {
  return (
    <>
      <ellipse class="solid" cx="42" cy="50" rx="5" ry="6.5" />
      <ellipse class="solid" cx="78" cy="50" rx="5" ry="6.5" />
    </>
  );
}

/** A disc of 112 units whose corners are pushed out: 31 draws nearly a circle, 56 a square. */
function squircle(push: number): string {
  const near = 60 - push;
  const far = 60 + push;
  return `M60 4C${far} 4 116 ${near} 116 60S${far} 116 60 116 4 ${far} 4 60 ${near} 4 60 4z`;
}
