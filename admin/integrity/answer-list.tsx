import { useState } from 'preact/hooks';
import type { ListedAnswer } from '../../protocol/integrity.ts';
import { formatCount } from '../words/format.ts';
import { words } from '../words/words.ts';
import type { AnswerGroup } from './answer-groups.ts';

/** Groups of answers that stand on one side, to choose from; those that somebody has decided about are only read. */
export function AnswerList(props: {
  heading: string;
  none: string;
  groups: readonly AnswerGroup[];
  mayDecide: boolean;
  /** What the button says of so many chosen. */
  action: (count: number) => string;
  onDecide: (references: readonly string[], pointIds: ReadonlySet<string>) => void;
}) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [isFaulty, setIsFaulty] = useState(false);
  const { groups, mayDecide } = props;
  const choose = (answers: readonly ListedAnswer[], isChosen: boolean) => {
    const next = new Set(chosen);
    for (const { reference } of answers) {
      if (isChosen) next.add(reference);
      else next.delete(reference);
    }
    setIsFaulty(false);
    setChosen(next);
  };
  const submit = (event: Event) => {
    event.preventDefault();
    setIsFaulty(chosen.size === 0);
    if (chosen.size === 0) return;
    const points = groups.filter(({ answers }) => answers.some(({ reference }) => chosen.has(reference)));
    props.onDecide([...chosen], new Set(points.map(({ pointId }) => pointId)));
  };
  return (
    <form class="stack answers" onSubmit={submit}>
      <h3>{props.heading}</h3>
      {groups.length === 0 && <p class="soft">{props.none}</p>}
      <ul class="answer-groups">
        {groups.map((group) => (
          <li key={group.key}>
            <Group
              group={group}
              chosen={chosen}
              onChoose={mayDecide && group.decidedBy === null ? choose : null}
            />
          </li>
        ))}
      </ul>
      {isFaulty && (
        <p class="form-failure" role="alert">
          {words.integrity.noneChosen}
        </p>
      )}
      {mayDecide && groups.some(({ decidedBy }) => decidedBy === null) && (
        <p>
          <button type="submit" class="button">
            {props.action(chosen.size)}
          </button>
        </p>
      )}
    </form>
  );
}

function Group(props: {
  group: AnswerGroup;
  chosen: ReadonlySet<string>;
  onChoose: ((answers: readonly ListedAnswer[], isChosen: boolean) => void) | null;
}) {
  const { group, chosen, onChoose } = props;
  const text = words.integrity;
  const count = group.answers.filter(({ reference }) => chosen.has(reference)).length;
  return (
    <>
      <div class="answer-group">
        {onChoose !== null && (
          <input
            type="checkbox"
            aria-label={text.chooseAll(group.label)}
            checked={count === group.answers.length}
            indeterminate={count > 0 && count < group.answers.length}
            onChange={(event) => onChoose(group.answers, event.currentTarget.checked)}
          />
        )}
        <span>
          {group.label}
          <span class="soft small">
            {[
              ...group.flags.map((flag) => words.scores.setAside.reasons[flag]),
              ...(group.decidedBy === null ? [] : [text.heldBy(group.decidedBy)]),
            ]
              .map((note) => `, ${note}`)
              .join('')}
          </span>
        </span>
      </div>
      <details class="details">
        <summary>{text.each}</summary>
        <ul class="answer-each">
          {group.answers.map((answer, index) => (
            <li key={answer.reference}>
              <label>
                {onChoose !== null && (
                  <input
                    type="checkbox"
                    aria-label={text.chooseOne(index + 1, describe(answer))}
                    checked={chosen.has(answer.reference)}
                    onChange={(event) => onChoose([answer], event.currentTarget.checked)}
                  />
                )}
                <span>
                  <span class="number soft">{formatCount(index + 1)}</span> {describe(answer)}
                </span>
              </label>
            </li>
          ))}
        </ul>
      </details>
    </>
  );
}

/** « 2 s, complète, rafales » */
function describe({ durationSeconds, isComplete, flags }: ListedAnswer): string {
  const text = words.integrity;
  return [
    text.seconds(durationSeconds),
    isComplete ? text.complete : text.partial,
    ...flags.map((flag) => words.scores.setAside.reasons[flag]),
  ].join(', ');
}
