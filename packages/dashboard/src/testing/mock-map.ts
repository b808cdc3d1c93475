import { type MapRequest, type MapStage, type MapView, STAGES } from '@throughline/contract';

const PEOPLE = [12_480, 11_230, 6_914, 2_408, 1_372, 918, 241];
const LEAKS = [1_250, 4_316, 4_190, 1_036, 454, 0, 0];
const FRICTION = [0, 214, 187, 96, 301, 12, 4];
const MEDIANS_S = [95, 412, 93_600, 1_260, 344, 2_246_400, null];

const stage = (index: number, scale: number): MapStage => ({
  stage: STAGES[index]!,
  people: PEOPLE[index]! * scale,
  events: PEOPLE[index]! * scale * 3,
  leaks: LEAKS[index]! * scale,
  conversion_to_next: index === 6 ? null : PEOPLE[index + 1]! / PEOPLE[index]!,
  median_s_to_next: MEDIANS_S[index] ?? null,
  friction: FRICTION[index]! * scale,
  satisfaction:
    index === 6
      ? { answers: 64 * scale, people: 61 * scale, average: 8.4, nps: 41 }
      : { answers: 0, people: 0, average: null, nps: null },
  revenue: index === 5 ? 412_650_000 * scale : index === 6 ? 86_400_000 * scale : 0,
});

const CHANNELS: [string, number, number][] = [
  ['organic_search', 3_912, 268],
  ['paid_social', 3_105, 164],
  ['direct', 2_240, 231],
  ['paid_search', 1_408, 142],
  ['email', 866, 121],
  ['organic_social', 612, 31],
  ['referral', 247, 16],
  ['ai_assistant', 90, 9],
];

/** Stage, event, people, buyers, friction. */
const TOUCHPOINTS: [string, string, number, number, number][] = [
  ['explore', 'page_viewed', 11_002, 911, 168],
  ['explore', 'list_viewed', 6_420, 604, 31],
  ['explore', 'search', 2_114, 322, 22],
  ['explore', 'store_visit', 64, 21, 0],
  ['consider', 'product_viewed', 6_804, 918, 141],
  ['consider', 'product_clicked', 4_119, 640, 18],
  ['consider', 'wishlist_added', 742, 203, 0],
  ['consider', 'signup_completed', 611, 402, 9],
  ['consider', 'glaze_quiz_finished', 208, 88, 0],
  ['cart', 'cart_added', 2_377, 901, 70],
  ['cart', 'cart_viewed', 1_960, 870, 24],
  ['cart', 'cart_removed', 512, 148, 6],
  ['checkout', 'checkout_started', 1_372, 918, 122],
  ['checkout', 'checkout_step', 1_204, 918, 96],
  ['checkout', 'payment_entered', 1_011, 905, 140],
  ['purchase', 'order_completed', 918, 918, 12],
  ['return', 'review_submitted', 133, 133, 0],
  ['return', 'survey_answered', 64, 64, 4],
  ['return', 'order_refunded', 44, 44, 0],
];

/** Source, target, people, median seconds. One goes backwards, as real ones do. */
const MOVES: [number, number, number, number][] = [
  [0, 1, 10_610, 60],
  [0, 2, 620, 240],
  [1, 2, 6_294, 412],
  [1, 3, 140, 900],
  [2, 3, 2_268, 93_600],
  [2, 4, 66, 5_400],
  [3, 4, 1_306, 1_260],
  [4, 5, 918, 344],
  [5, 6, 241, 2_246_400],
  [3, 2, 52, 720],
];

export function mockMap(_request: MapRequest, scale: number, currency: string): MapView {
  const money = currency === 'VND' ? 1 : 1 / 25_000;
  const arrivals = CHANNELS.map(([name, people, buyers]) => ({
    id: `aware/${name}`,
    stage: 'aware',
    kind: 'channel' as const,
    name,
    people: people * scale,
    events: people * scale,
    buyers: buyers * scale,
    friction: 0,
  }));
  const events = TOUCHPOINTS.map(([at, name, people, buyers, friction]) => ({
    id: `${at}/${name}`,
    stage: at,
    kind: 'event' as const,
    name,
    people: people * scale,
    events: people * scale * 2,
    buyers: buyers * scale,
    friction: friction * scale,
  }));
  return {
    people: PEOPLE[0]! * scale,
    stages: STAGES.map((_, index) => {
      const made = stage(index, scale);
      return { ...made, revenue: Math.round(made.revenue * money) };
    }),
    touchpoints: scale === 0 ? [] : [...arrivals, ...events],
    moves: MOVES.map(([source, target, people, median_s]) => ({
      source: STAGES[source]!,
      target: STAGES[target]!,
      people: people * scale,
      median_s,
    })),
    channels:
      scale === 0
        ? []
        : CHANNELS.map(([channel, people, buyers]) => ({
            channel,
            people: people * scale,
            buyers: buyers * scale,
            revenue: Math.round(buyers * 449_000 * scale * money),
          })),
    revenue: Math.round(499_050_000 * scale * money),
    currency,
    stitched_share: 0.184,
    without_stitching: { people: 14_902 * scale, buyers: 941 * scale },
  };
}
