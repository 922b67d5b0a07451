import './segments.css';

export interface Segment {
  readonly label: string;
  readonly href: string;
  readonly isCurrent: boolean;
  /** A word more, for the pointer. */
  readonly hint?: string;
}

/** One choice among a few, each of them an address. */
export function Segments(props: { label: string; choices: readonly Segment[]; isSmall?: boolean }) {
  return (
    <ul
      class={props.isSmall ? 'segments segments-small no-print' : 'segments no-print'}
      aria-label={props.label}
    >
      {props.choices.map((choice) => (
        <li key={choice.label}>
          <a href={choice.href} title={choice.hint} aria-current={choice.isCurrent ? 'true' : undefined}>
            {choice.label}
          </a>
        </li>
      ))}
    </ul>
  );
}
