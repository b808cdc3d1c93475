/** What makes it hard to tell who is who. Shares are 0 to 1. */
export interface Troubles {
  /** Draws, one a person or family, that make a family with a tablet of its own. */
  family: number;
  /** The largest family. */
  members_max: number;
  /** Families with one mailbox for all. */
  mailbox: number;
  /** Guests who mistype their e-mail address. */
  typo: number;
  /** Fields filled in otherwise than the last time: an e-mail in capitals, a phone number without its country. */
  spelling: number;
  /** People of the two cities with a store who buy at its counter now and then. */
  counter: number;
}

/** What an ordinary shop meets; the demo's history. */
export const FEW_TROUBLES: Troubles = {
  family: 0.04,
  members_max: 2,
  mailbox: 0,
  typo: 0.012,
  spelling: 0,
  counter: 0,
};

/** What `npm run bench:identity` holds the rules against: far more of everything than a shop meets. */
export const MANY_TROUBLES: Troubles = {
  family: 0.2,
  members_max: 4,
  mailbox: 0.25,
  typo: 0.03,
  spelling: 0.15,
  counter: 0.35,
};
