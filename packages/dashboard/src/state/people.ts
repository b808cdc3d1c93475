import { signal } from '@preact/signals';
import type { PeopleOf } from '@throughline/contract';

/** The number somebody clicked: whom it counts, in words, and how many it said. */
export interface Clicked {
  of: PeopleOf;
  title: string;
  people: number;
}

/** The people drawer is open while this is set. */
export const clicked = signal<Clicked | undefined>(undefined);

export function showPeople(number: Clicked): void {
  clicked.value = number;
}
