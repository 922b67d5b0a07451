import { CHANNELS, type Channel } from '../../domain/answers.ts';
import { mayShowTotal } from '../../domain/small-base.ts';
import { mergeTallies, type Tally } from '../../domain/tally.ts';
import type { LocalDate } from '../../domain/weeks.ts';
import type { Figure } from '../../protocol/scores.ts';
import { withheld } from './figure.ts';
import { type Series, seriesFigure } from './series.ts';
import type { ServiceKey, TallySums } from './tally-sums.ts';

/** The sums of each channel, or the one sum of all of them. */
export type Sums = ReadonlyMap<Channel, TallySums>;

/** Sums each channel on its own. */
export async function sumEachChannel(
  sum: (channels: readonly Channel[]) => Promise<TallySums>,
): Promise<Sums> {
  const sums = new Map<Channel, TallySums>();
  for (const channel of CHANNELS) sums.set(channel, await sum([channel]));
  return sums;
}

/** What of one service may be told: of everybody, or of those who came one way. */
export class ChannelFigures {
  readonly #service: ServiceKey & { readonly target: number };
  readonly #sums: Sums;
  readonly #channel: Channel | null;

  /** @param channel null for all of them together */
  constructor(service: ServiceKey & { readonly target: number }, sums: Sums, channel: Channel | null) {
    this.#service = service;
    this.#sums = sums;
    this.#channel = channel;
  }

  /**
   * The figure of a series over some places. That of one channel is held back where the whole, which is shown elsewhere, would give a
   * hidden channel away: complementary suppression, from the other side.
   */
  figure(series: Series, ...places: readonly (number | LocalDate)[]): Figure {
    const tallies = new Map(
      [...this.#sums].map(([channel, sums]) => [channel, this.#tally(sums, series, places)]),
    );
    const whole = seriesFigure(series, mergeTallies(...tallies.values()), this.#service.target);
    if (this.#channel === null) return whole;
    const own = seriesFigure(series, tallies.get(this.#channel) ?? {}, this.#service.target);
    const bases = [...tallies.values()].map(
      (tally) => seriesFigure(series, tally, this.#service.target).base,
    );
    return own.base > 0 && whole.base !== own.base && !mayShowTotal(bases)
      ? withheld(own.base, 'hidden')
      : own;
  }

  responses(place: number | LocalDate = 0): number {
    const counted = this.#channel === null ? [...this.#sums.values()] : [this.#sums.get(this.#channel)];
    return counted.reduce((total, sums) => total + (sums?.responses(this.#service, place) ?? 0), 0);
  }

  #tally(sums: TallySums, series: Series, places: readonly (number | LocalDate)[]): Tally {
    const at = places.length === 0 ? [0] : places;
    return mergeTallies(
      ...at.map((place) => sums.tally(this.#service, series.itemId, series.scaleId, place)),
    );
  }
}
