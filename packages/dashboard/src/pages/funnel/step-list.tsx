import { LIMITS, type NamesView } from '@throughline/contract';
import { words } from '../../i18n/words.ts';
import { Button } from '../../ui/button.tsx';
import type { FunnelDraft, StepDraft } from '../../url/funnel.ts';
import { StepEditor } from './step-editor.tsx';

export function StepList({
  draft,
  names,
  change,
}: {
  draft: FunnelDraft;
  names: NamesView;
  change(draft: FunnelDraft): void;
}) {
  const { steps } = draft;
  const set = (next: StepDraft[]) => change({ ...draft, steps: next });
  const swap = (a: number, b: number) => set(steps.with(a, steps[b]!).with(b, steps[a]!));
  return (
    <>
      {steps.length > 0 && (
        <ol class="steps">
          {steps.map((step, index) => (
            <StepEditor
              key={index}
              step={step}
              index={index}
              count={steps.length}
              names={names}
              change={(next) => set(steps.with(index, next))}
              remove={() => set(steps.toSpliced(index, 1))}
              up={() => swap(index, index - 1)}
              down={() => swap(index, index + 1)}
            />
          ))}
        </ol>
      )}
      <div>
        <Button
          icon="plus"
          disabled={steps.length >= LIMITS.funnel_steps_max}
          onClick={() => set([...steps, { matches: [{ event: nextEvent(steps) }], optional: false }])}
        >
          {words.value.funnel.add_step}
        </Button>
      </div>
    </>
  );
}

const STORY = ['product_viewed', 'cart_added', 'checkout_started', 'order_completed'];

/** What a shop's story would have next. */
function nextEvent(steps: readonly StepDraft[]): string {
  const used = new Set(steps.flatMap((step) => step.matches.map((match) => match.event)));
  return STORY.find((event) => !used.has(event)) ?? 'page_viewed';
}
