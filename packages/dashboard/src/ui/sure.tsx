import './sure.css';

/** How sure the numbers above are: the claim, and what it would be otherwise. */
export function Sure({ claim, otherwise }: { claim: string; otherwise: string }) {
  return (
    <p class="sure">
      <strong>{claim}</strong> {otherwise}
    </p>
  );
}
