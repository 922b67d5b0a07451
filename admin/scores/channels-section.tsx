import type { ServiceDetail } from '../../protocol/scores.ts';
import { Segments } from '../components/segments.tsx';
import type { ViewHandle } from '../shell/view.ts';
import { words } from '../words/words.ts';
import type { NamedFigure } from './named-figure.ts';
import { Reading } from './reading.tsx';

/** By which ways the answers came, each with its own figure, and the choice of looking at one alone. Nothing while there is only one. */
export function ChannelsSection({ detail, handle }: { detail: ServiceDetail; handle: ViewHandle }) {
  const { channel, channels, service } = detail;
  const text = words.scores.channels;
  if (channels.length < 2 && channel === null) return null;
  const responses = channels.reduce((sum, one) => sum + one.responses, 0);
  const rows = channels.map((one): NamedFigure => ({ label: text.names[one.channel], figure: one.figure }));
  const [commonest] = channels.toSorted((a, b) => b.responses - a.responses);
  const global = detail.items.find((item) => item.isGlobal);
  return (
    <section class="card stack" aria-labelledby="channels">
      <div class="section-head">
        <h2 id="channels">{text.heading}</h2>
        <Segments
          label={text.label}
          isSmall
          choices={[
            { label: text.all, href: handle.address({ channel: null }), isCurrent: channel === null },
            ...channels.map((one) => ({
              label: text.names[one.channel],
              href: handle.address({ channel: one.channel }),
              isCurrent: channel === one.channel,
            })),
          ]}
        />
      </div>
      <ul class="channels">
        {channels.map((one) => (
          <li key={one.channel}>
            {text.line(text.names[one.channel], one.responses)}{' '}
            <span class="soft small">{text.share(one.responses / responses)}</span>
          </li>
        ))}
      </ul>
      {rows.length > 1 && <Reading rows={rows} target={service.target} scaleId={global?.scaleId ?? null} />}
      {channels.map(
        ({ channel: own, difference }) =>
          difference !== null &&
          commonest !== undefined && (
            <p key={own} class="small">
              {text.apart(
                text.names[own],
                lowered(text.names[commonest.channel]),
                difference.difference,
                difference.low,
                difference.high,
                difference.isOpen,
              )}
            </p>
          ),
      )}
      {channel !== null && <p>{text.only(text.names[channel])}</p>}
      {channels.some(({ figure }) => figure.disclosure === 'hidden') && (
        <p class="soft small">{text.suppressed}</p>
      )}
    </section>
  );
}

function lowered(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
