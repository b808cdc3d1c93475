import type { EventMatch, NamesView } from '@throughline/contract';
import './step-editor.css';
import { words } from '../../i18n/words.ts';
import { Button } from '../../ui/button.tsx';
import type { StepDraft } from '../../url/funnel.ts';
import { MatchEditor } from './match-editor.tsx';

interface StepEditorProps {
  step: StepDraft;
  /** From 0. */
  index: number;
  count: number;
  names: NamesView;
  change(step: StepDraft): void;
  remove(): void;
  up(): void;
  down(): void;
}

export function StepEditor({ step, index, count, names, change, remove, up, down }: StepEditorProps) {
  const t = words.value.funnel;
  const shown = String(index + 1);
  const { matches } = step;
  const setMatch = (at: number, match: EventMatch) => change({ ...step, matches: matches.with(at, match) });
  return (
    <li class="step">
      <div class="step-head">
        <h3>{t.step(shown)}</h3>
        <Button kind="quiet" icon="up" label={t.up(shown)} disabled={index === 0} onClick={up} />
        <Button
          kind="quiet"
          icon="down"
          label={t.down(shown)}
          disabled={index === count - 1}
          onClick={down}
        />
        <Button kind="quiet" icon="close" label={t.remove_step(shown)} onClick={remove} />
      </div>
      {matches.map((match, at) => (
        <MatchEditor
          key={at}
          match={match}
          first={at === 0}
          names={names}
          change={(next) => setMatch(at, next)}
          {...(matches.length > 1
            ? { remove: () => change({ ...step, matches: matches.toSpliced(at, 1) }) }
            : {})}
        />
      ))}
      <div class="step-foot">
        <Button
          kind="quiet"
          icon="plus"
          onClick={() => change({ ...step, matches: [...matches, { event: 'page_viewed' }] })}
        >
          {t.add_event}
        </Button>
        {index > 0 && (
          <label class="check">
            <input
              type="checkbox"
              checked={step.optional}
              onChange={(event) => change({ ...step, optional: event.currentTarget.checked })}
            />
            {t.optional}
          </label>
        )}
      </div>
    </li>
  );
}
