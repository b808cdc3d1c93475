/** Every bound on what comes in, in one place. Units and direction stand at the end of each name. */
export const LIMITS = {
  /** Body of one intake request after inflation. */
  body_bytes_max: 512 * 1024,
  /** Bodies of all intake requests that are read or worked on at one moment. */
  held_body_bytes_max: 64 * 1024 * 1024,
  /** The same of one address, beyond 16 KB of each request. */
  held_body_bytes_of_address_max: 8 * 1024 * 1024,
  /** Compressed bodies that are inflated at one moment, and that may wait for it. */
  inflations_max: 2,
  inflations_waiting_max: 1_000,
  /** Lasting delay of the event loop from which on requests are turned away unread. */
  loop_delay_ms_max: 1_000,
  /** Body of one query API request. */
  api_body_bytes_max: 64 * 1024,
  batch_events_max: 500,
  /** Nesting of any JSON that comes in. */
  depth_max: 12,
  /** Keys of one event's properties after flattening; later keys are cut, and `properties_cut` counts and names what was. */
  keys_max: 128,
  key_chars_max: 128,
  value_chars_max: 2_000,
  name_chars_max: 100,
  url_chars_max: 2_000,
  title_chars_max: 300,
  id_chars_max: 128,
  identifier_chars_max: 256,
  products_max: 100,
  /** A client clock further off than this is not trusted; the arrival counts instead. */
  clock_skew_ms_max: 24 * 60 * 60 * 1000,
  /** A browser event may have waited this long in an offline queue. */
  event_age_ms_max: 30 * 24 * 60 * 60 * 1000,
  /** A server or an import may report history this far back. */
  history_years_max: 20,
  /** Silence that ends a session. */
  session_silence_ms: 30 * 60 * 1000,
  funnel_steps_max: 20,
  filters_max: 20,
  people_page_max: 500,
  range_days_max: 3_660,
} as const;
