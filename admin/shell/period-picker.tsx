import {
  lastDay,
  type Period,
  type PeriodKind,
  parsePeriod,
  periodBefore,
  periodToText,
} from '../../domain/periods.ts';
import { Menu } from '../components/menu.tsx';
import { Segments } from '../components/segments.tsx';
import { PERIOD_KIND, periodInSentence, periodTitle, periodWithDays } from '../words/period-words.ts';
import { words } from '../words/words.ts';
import { isToCome, periodAfter, periodAs, periodChoices, presetsOf } from './period-choices.ts';
import { useSession } from './session.tsx';
import type { ViewHandle } from './view.ts';
import './period-picker.css';

const KINDS = Object.keys(PERIOD_KIND) as PeriodKind[];

/**
 * Which days are looked at, and what they are compared with. All of it is links and one list, since all of it is an address: Back works,
 * and a view opens in another tab.
 */
export function PeriodPicker(props: { handle: ViewHandle; hasComparison?: boolean }) {
  const { handle } = props;
  const { period } = handle;
  const { today } = useSession();
  const text = words.shell.period;
  return (
    <section class="period-picker" aria-label={text.legend}>
      <Segments
        label={text.kinds}
        choices={KINDS.map((kind) => ({
          label: PERIOD_KIND[kind],
          href: handle.address({ period: periodAs(kind, period, today), cursor: null }),
          isCurrent: kind === period.kind,
        }))}
      />
      <Stepper handle={handle} />
      {props.hasComparison !== false && <Comparison handle={handle} />}
      <p class="print-only">
        {text.printed(
          periodWithDays(period),
          props.hasComparison === false ? null : periodWithDays(handle.comparedPeriod),
        )}
      </p>
      {lastDay(period) >= today && !isToCome(period, today) && <p class="period-open">{text.open}</p>}
    </section>
  );
}

/** One period back, one on, or any from the list. */
function Stepper({ handle }: { handle: ViewHandle }) {
  const { period } = handle;
  const { today, firstAnswerOn } = useSession();
  const text = words.shell.period;
  const before = periodBefore(period);
  const after = periodAfter(period);
  const choose = (value: string) => {
    const chosen = parsePeriod(value);
    if (chosen.ok) handle.go({ period: chosen.value, cursor: null });
  };
  return (
    <div class="stepper no-print">
      <StepLink handle={handle} period={before} label={text.before(periodInSentence(before))} isBack />
      <select
        aria-label={text.choose}
        value={periodToText(period)}
        onChange={(event) => choose(event.currentTarget.value)}
      >
        {periodChoices(period, today, firstAnswerOn).map((choice) => (
          <option key={periodToText(choice)} value={periodToText(choice)}>
            {choice.kind === 'week' ? periodWithDays(choice) : periodTitle(choice)}
          </option>
        ))}
      </select>
      {isToCome(after, today) ? (
        <span class="button step step-none">
          <Chevron />
          <span class="visually-hidden">{text.noneAfter}</span>
        </span>
      ) : (
        <StepLink handle={handle} period={after} label={text.after(periodInSentence(after))} />
      )}
      <Menu label={text.presets}>
        {presetsOf(today).map((preset) => (
          <a key={preset.name} href={handle.address({ period: preset.period, cursor: null })}>
            {text[preset.name]}
          </a>
        ))}
      </Menu>
    </div>
  );
}

function StepLink(props: { handle: ViewHandle; period: Period; label: string; isBack?: boolean }) {
  return (
    <a class="button step" href={props.handle.address({ period: props.period, cursor: null })}>
      <Chevron isBack={props.isBack ?? false} />
      <span class="visually-hidden">{props.label}</span>
    </a>
  );
}

function Comparison({ handle }: { handle: ViewHandle }) {
  const text = words.shell.period;
  const choices = [
    { compare: 'before', label: text.compareBefore },
    { compare: 'last-year', label: text.compareLastYear },
  ] as const;
  return (
    <div class="comparison no-print">
      <span class="comparison-label" aria-hidden="true">
        {text.compare}
      </span>
      <Segments
        label={text.compare}
        isSmall
        choices={choices.map(({ compare, label }) => ({
          label,
          href: handle.address({ compare }),
          isCurrent: compare === handle.view.compare,
        }))}
      />
    </div>
  );
}

function Chevron(props: { isBack?: boolean }) {
  return (
    <svg class="chevron" viewBox="0 0 8 12" aria-hidden="true" focusable="false">
      <path d={props.isBack === true ? 'M6.5 1.5 1.5 6l5 4.5' : 'm1.5 1.5 5 4.5-5 4.5'} />
    </svg>
  );
}
