import './sure.css';
import { type Clicked, showPeople } from '../state/people.ts';

/** How sure the numbers above are: the claim, behind which its people are, and what it would be otherwise, if that differs. */
export function Sure({ claim, otherwise, who }: { claim: string; otherwise?: string; who: Clicked }) {
  return (
    <p class="sure">
      {who.people > 0 ? (
        <button type="button" class="count" onClick={() => showPeople(who)}>
          {claim}
        </button>
      ) : (
        <strong>{claim}</strong>
      )}{' '}
      {otherwise}
    </p>
  );
}
