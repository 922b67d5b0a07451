import { useState } from 'preact/hooks';
import { parsePeriod } from '../../domain/periods.ts';
import { DEFAULT_THRESHOLDS } from '../../domain/small-base.ts';
import { type Improvement, IMPROVEMENTS_SHOWN, type ServicePublication } from '../../protocol/publication.ts';
import { failureText } from '../shell/failure-words.ts';
import { useSession, useShell } from '../shell/session.tsx';
import { periodTitle } from '../words/period-words.ts';
import { words } from '../words/words.ts';
import { publicationPath } from './publication-path.ts';

interface Props {
  readonly service: ServicePublication;
  /** Something was changed; `said` tells what. */
  readonly onDone: (said: string) => void;
  /** null for a new line. */
  readonly onWrite: (line: Improvement | null) => void;
  readonly onRemove: (line: Improvement) => void;
}

/** What one service's tablets show now, and what can be done about it. */
export function ServiceCard({ service, onDone, onWrite, onRemove }: Props) {
  const text = words.publication;
  return (
    <article class="card stack" aria-label={service.serviceName}>
      <header>
        <h2 class="publication-name">{service.serviceName}</h2>
        <p class="soft small publication-site">{service.siteName}</p>
      </header>
      <ResultPart service={service} onDone={onDone} />
      <h3>{text.improvements}</h3>
      {service.improvements.length === 0 ? (
        <p class="soft">{text.none}</p>
      ) : (
        <>
          <p class="soft small">{text.shownCount(IMPROVEMENTS_SHOWN)}</p>
          <ul class="improvements">
            {service.improvements.map((line) => (
              <li key={line.improvementId}>
                <Line line={line} onWrite={() => onWrite(line)} onRemove={() => onRemove(line)} />
              </li>
            ))}
          </ul>
        </>
      )}
      <div>
        <button
          type="button"
          class="button"
          aria-label={text.addNamed(service.serviceName)}
          onClick={() => onWrite(null)}
        >
          {text.add}
        </button>
      </div>
    </article>
  );
}

function ResultPart({ service, onDone }: Pick<Props, 'service' | 'onDone'>) {
  const { api } = useShell();
  const [isSending, setIsSending] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const text = words.publication;
  const { published, quarter, serviceName } = service;
  const send = async (method: 'POST' | 'DELETE', said: string) => {
    setIsSending(true);
    setFailure(null);
    const path = publicationPath(service, 'result');
    const result = await api.sendOnly(method, path, method === 'POST' ? {} : undefined);
    setIsSending(false);
    if (result.ok) onDone(said);
    else setFailure(failureText(result.error));
  };
  const { shareSatisfied, base } = quarter;
  const title = quarterTitle(quarter.quarter);
  return (
    <>
      <h3>{text.result}</h3>
      {published === null ? (
        <p class="soft">{text.noResult}</p>
      ) : (
        <>
          <p class="publication-result">
            {text.resultLine(published.periodLabel, published.shareSatisfied, published.base)}
          </p>
          <p class="soft small">{text.publishedBy(published.publishedOn, published.publishedBy)}</p>
        </>
      )}
      <p class="small">
        {shareSatisfied === null
          ? text.tooFew(title, base, DEFAULT_THRESHOLDS.comparableFrom)
          : text.candidate(title, shareSatisfied, base)}
      </p>
      {failure !== null && (
        <p class="form-failure" role="alert">
          {failure}
        </p>
      )}
      <div class="publication-actions">
        {shareSatisfied !== null && (
          <button
            type="button"
            class="button"
            aria-label={text.publishNamed(serviceName)}
            disabled={isSending}
            onClick={() => void send('POST', text.published(serviceName))}
          >
            {text.publish}
          </button>
        )}
        {published !== null && (
          <button
            type="button"
            class="button"
            aria-label={text.withdrawNamed(serviceName)}
            disabled={isSending}
            onClick={() => void send('DELETE', text.withdrawn(serviceName))}
          >
            {text.withdraw}
          </button>
        )}
        {published !== null && (
          <a
            class="button"
            href={publicationPath(service, 'poster.pdf')}
            aria-label={text.posterNamed(serviceName)}
            download=""
          >
            {text.poster}
          </a>
        )}
      </div>
    </>
  );
}

function Line(props: { line: Improvement; onWrite: () => void; onRemove: () => void }) {
  const { line } = props;
  const text = words.publication;
  return (
    <>
      <p>
        <strong>{text.said}</strong> {line.said}
      </p>
      <p>
        <strong>{text.done}</strong> {line.done}
      </p>
      <div class="publication-actions">
        <Standing line={line} />
        <button
          type="button"
          class="button button-small"
          aria-label={text.changeNamed(line.said)}
          onClick={props.onWrite}
        >
          {text.change}
        </button>
        <button
          type="button"
          class="button button-small"
          aria-label={text.removeNamed(line.said)}
          onClick={props.onRemove}
        >
          {text.remove}
        </button>
      </div>
    </>
  );
}

function Standing({ line }: { line: Improvement }) {
  const { today } = useSession();
  const text = words.publication;
  const standing =
    line.shownFrom > today
      ? text.shownFrom(line.shownFrom)
      : line.isShown
        ? text.isShown
        : text.noLongerShown;
  return <span class="soft small">{standing}</span>;
}

function quarterTitle(quarter: string): string {
  const period = parsePeriod(quarter);
  return period.ok ? periodTitle(period.value) : quarter;
}
