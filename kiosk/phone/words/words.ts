interface Told {
  readonly title: string;
  readonly help: string;
}

/** What only the telephone's page says. It is loaded by telephones alone, so every language is in it. */
export interface PhoneWords {
  readonly opening: string;
  readonly openingTroubled: string;
  readonly sending: Told;
  readonly sendingTroubled: string;
  /** Below the thanks. */
  readonly arrived: string;
  readonly mayClose: string;
  readonly refusals: Readonly<Record<Refusal, Told>>;
}

/** Why there is no visit, or no answer of it. */
export type Refusal = 'no-code' | 'used' | 'expired' | 'unknown' | 'revoked' | 'ended' | 'refused';
