/** `GET …/shared-devices`: visitors that more than one customer was identified on, all time. */
export interface SharedDevicesView {
  /** Visitors that anybody was identified on, those of them with several customers, and of those the public ones. */
  known: number;
  shared: number;
  public: number;
  /** The people who have a stretch of a shared visitor. */
  people: number;
  /** Those with most people, then the latest; at most 100. */
  devices: SharedDevice[];
}

export interface SharedDevice {
  visitor_id: string;
  device: string;
  /** More customers than `visitor_customers_max`: only each session is its customer's. */
  public: boolean;
  last_seen: string;
  /** Whose the events are; the stranger's own have the visitor's id. Most events first, at most 20. */
  people: { id: string; label: string; known: boolean; events: number }[];
  /** How many stretches of time which rule gave to somebody. */
  rules: { rule: string; stretches: number }[];
}
