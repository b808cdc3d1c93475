import type { Clicked } from '../state/people.ts';
import { Drawer } from '../ui/drawer.tsx';
import { PeopleList } from './people-list.tsx';

/** The people behind the number that was clicked. */
export function PeopleDrawer({ clicked, onClose }: { clicked: Clicked; onClose(): void }) {
  return (
    <Drawer title={clicked.title} onClose={onClose}>
      <PeopleList of={clicked.of} search="" clicked={clicked.people} narrow />
    </Drawer>
  );
}
