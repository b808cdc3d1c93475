import type { Sighting } from './sighting.ts';

export interface Score {
  precision: number;
  recall: number;
  f1: number;
}

export interface Measures {
  b_cubed: Score;
  pairwise: Score;
  /** Share of the events that are credited to somebody who is another human. */
  wrong: number;
  /** The same of all human events, those too that no evidence could identify. */
  wrong_of_all: number;
}

/**
 * How well `persons` (one name an event) tells the humans apart. B-cubed (Bagga and Baldwin 1998) asks for each
 * event how much of its person is its human's and how much of its human is in its person; pairwise asks the same of
 * pairs of events. A person is the human that most of its events are from.
 */
export function measure(
  sightings: readonly Sighting[],
  persons: readonly string[],
  identifiable: readonly boolean[],
): Measures {
  const whose = majorities(sightings, persons);
  const isWrong = (index: number) => whose.get(persons[index]!) !== sightings[index]!.persona;
  const all = sightings.map((_, index) => index);
  const items = all.filter((index) => identifiable[index]);
  const cells = tally(items.map((index) => `${persons[index]} ${sightings[index]!.persona}`));
  const clusters = tally(items.map((index) => persons[index]!));
  const humans = tally(items.map((index) => sightings[index]!.persona));

  let precision = 0;
  let recall = 0;
  for (const index of items) {
    const { persona } = sightings[index]!;
    const both = cells.get(`${persons[index]} ${persona}`)!;
    precision += both / clusters.get(persons[index]!)!;
    recall += both / humans.get(persona)!;
  }
  const together = pairs(cells);
  return {
    b_cubed: score(precision / items.length, recall / items.length),
    pairwise: score(together / pairs(clusters), together / pairs(humans)),
    wrong: items.filter(isWrong).length / items.length,
    wrong_of_all: all.filter(isWrong).length / all.length,
  };
}

const score = (precision: number, recall: number): Score => ({
  precision,
  recall,
  f1: (2 * precision * recall) / (precision + recall),
});

function tally<Key>(keys: readonly Key[]): Map<Key, number> {
  const counts = new Map<Key, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

const pairs = (counts: ReadonlyMap<unknown, number>) =>
  [...counts.values()].reduce((sum, count) => sum + (count * (count - 1)) / 2, 0);

function majorities(sightings: readonly Sighting[], persons: readonly string[]): Map<string, number> {
  const rows = new Map<string, Map<number, number>>();
  for (const [index, person] of persons.entries()) {
    const row = rows.get(person) ?? new Map<number, number>();
    const { persona } = sightings[index]!;
    rows.set(person, row.set(persona, (row.get(persona) ?? 0) + 1));
  }
  return new Map(
    [...rows].map(([person, row]) => [
      person,
      [...row].reduce((best, one) => (one[1] > best[1] ? one : best))[0],
    ]),
  );
}
