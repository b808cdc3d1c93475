// How well stitching tells people apart, ours beside what others do, on simulated households whose truth is known.
// Usage: npm run bench:identity [-- accuracy --people 9500 --seed 20261122]
import { DEFAULT_IDENTITY_RULES } from '@throughline/contract';
import { FEW_TROUBLES, MANY_TROUBLES, simulate } from '../../../packages/throughline/src/simulate/index.ts';
import { argument } from './argument.ts';
import { BASELINES } from './baselines.ts';
import { identifiableAmong } from './identifiable.ts';
import { type Measures, measure } from './measures.ts';
import { ours } from './ours.ts';
import { sightingsOf } from './sighting.ts';

const people = argument('people', 9_500);
const seed = argument('seed', 20_261_122);
const GOAL = { f1: 0.98, wrong: 0.005 };

const shown = (value: number) => value.toFixed(4);
const percent = (share: number) => `${(100 * share).toFixed(2)} %`;
const row = (who: string, { b_cubed, pairwise, wrong, wrong_of_all }: Measures) => ({
  who,
  'B³ P': shown(b_cubed.precision),
  'B³ R': shown(b_cubed.recall),
  'B³ F1': shown(b_cubed.f1),
  'pair P': shown(pairwise.precision),
  'pair R': shown(pairwise.recall),
  'pair F1': shown(pairwise.f1),
  wrong: percent(wrong),
  'wrong of all': percent(wrong_of_all),
});

let failed = false;
const SCENARIOS = [
  ['an ordinary shop', FEW_TROUBLES],
  ['troubled households', MANY_TROUBLES],
  ['troubled households, each with a mailbox of one’s own', { ...MANY_TROUBLES, mailbox: 0 }],
] as const;
/** What our defaults give up on purpose: what is older than the look-back, and what follows a log-out. */
const GENEROUS = { ...DEFAULT_IDENTITY_RULES, look_back_days: 400, logout_ends_ownership: false };

for (const [title, troubles] of SCENARIOS) {
  const simulation = simulate({
    seed,
    people,
    troubles,
    days: 183,
    start: '2026-05-23',
    timezone: 'Asia/Ho_Chi_Minh',
    currency: 'VND',
  });
  const sightings = sightingsOf(simulation);
  const identifiable = identifiableAmong(sightings);
  const count = identifiable.filter(Boolean).length;
  console.log(
    `\n${title}: ${people.toLocaleString('en')} people, ${sightings.length.toLocaleString('en')} events, ${count.toLocaleString('en')} of them identifiable; ${JSON.stringify(troubles)}`,
  );
  const mine = measure(sightings, ours(sightings, DEFAULT_IDENTITY_RULES), identifiable);
  const theirs = BASELINES.map(
    ([name, baseline]) => [name, measure(sightings, baseline(sightings), identifiable)] as const,
  );
  const generous = measure(sightings, ours(sightings, GENEROUS), identifiable);
  console.table([
    row('Throughline', mine),
    row('the same, look-back of 400 days, log-outs ignored', generous),
    ...theirs.map(([name, measures]) => row(name, measures)),
  ]);
  if (mine.b_cubed.f1 < GOAL.f1 || mine.wrong > GOAL.wrong) {
    console.error(`Below the goal: B³ F1 ≥ ${GOAL.f1}, wrong ≤ ${percent(GOAL.wrong)}.`);
    failed = true;
  }
  for (const [name, { b_cubed, pairwise, wrong }] of theirs) {
    const behind = [
      b_cubed.f1 > mine.b_cubed.f1 && 'B³ F1',
      pairwise.f1 > mine.pairwise.f1 && 'pairwise F1',
      wrong < mine.wrong && 'wrong customer',
    ].filter(Boolean);
    if (behind.length > 0) console.log(`${name} is ahead on ${behind.join(', ')}.`);
  }
}
if (failed) process.exitCode = 1;
