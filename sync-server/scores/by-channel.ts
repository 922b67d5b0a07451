import { CHANNELS, type Channel } from '../../domain/answers.ts';
import { mayShowTotal } from '../../domain/small-base.ts';
import { mergeTallies, type Tally } from '../../domain/tally.ts';
import type { LocalDate } from '../../domain/weeks.ts';
import type { Figure } from '../../protocol/scores.ts';
import { shareTold, shareToldOf, type ShareTold, withheld } from './figure.ts';
import { type Series, seriesFigure } from './series.ts';
import type { ServiceKey, TallySums } from './tally-sums.ts';

/** What of one service may be told: of everybody, or of those who came one way. */
export class ChannelFigures {
  readonly #service: ServiceKey & { readonly target: number };
  readonly #sums: TallySums;
  readonly #channel: Channel | null;

  /** @param channel null for all of them together */
  constructor(service: ServiceKey & { readonly target: number }, sums: TallySums, channel: Channel | null) {
    this.#service = service;
    this.#sums = sums;
    this.#channel = channel;
  }

  /**
   * The figure of a series over some places. That of one channel is held back where the whole, which is shown elsewhere, would give a
   * hidden channel away: complementary suppression, from the other side.
   */
  figure(series: Series, ...places: readonly (number | LocalDate)[]): Figure {
    const whole = this.#figure(this.#sums, series, places);
    if (this.#channel === null) return whole;
    const own = this.#figure(this.#sums.ofChannel(this.#channel), series, places);
    if (own.base === 0 || whole.base === own.base) return own;
    const bases = CHANNELS.map((channel) => this.#figure(this.#sums.ofChannel(channel), series, places).base);
    return mayShowTotal(bases) ? own : withheld(own.base, 'hidden');
  }

  /** The share in that figure, without all that may be told besides. */
  share(series: Series, ...places: readonly (number | LocalDate)[]): ShareTold {
    return this.#channel === null && series.kind === 'rating'
      ? shareTold(series.scale, this.#tally(this.#sums, series, places))
      : shareToldOf(this.figure(series, ...places));
  }

  responses(place: number | LocalDate = 0): number {
    const counted = this.#channel === null ? this.#sums : this.#sums.ofChannel(this.#channel);
    return counted.responses(this.#service, place);
  }

  #figure(sums: TallySums, series: Series, places: readonly (number | LocalDate)[]): Figure {
    return seriesFigure(series, this.#tally(sums, series, places), this.#service.target);
  }

  #tally(sums: TallySums, series: Series, places: readonly (number | LocalDate)[]): Tally {
    const [first = 0, ...others] = places;
    const tally = sums.tally(this.#service, series.itemId, series.scaleId, first);
    if (others.length === 0) return tally;
    return mergeTallies(
      tally,
      ...others.map((place) => sums.tally(this.#service, series.itemId, series.scaleId, place)),
    );
  }
}
