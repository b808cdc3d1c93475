import type { MapRequest, MapStage, MapView } from '@throughline/contract';
import type { ComponentChildren } from 'preact';
import './stage-facts.css';
import { useFormat } from '../../format/use-format.ts';
import { words } from '../../i18n/words.ts';
import { showPeople } from '../../state/people.ts';
import { Count } from '../../ui/count.tsx';
import { Money } from '../../ui/money.tsx';

/** What a stage's people went through. The same rows in every column, so that they can be read across. */
export function StageFacts({
  view,
  stage,
  name,
  request,
}: {
  view: MapView;
  stage: MapStage;
  name: string;
  request: MapRequest;
}) {
  const format = useFormat();
  const t = words.value.map;
  const dash = words.value.none;
  const { satisfaction } = stage;
  const answered =
    satisfaction.nps !== null
      ? t.nps(format.decimal(satisfaction.nps))
      : satisfaction.average !== null
        ? t.average(format.decimal(satisfaction.average))
        : undefined;
  return (
    <dl class="facts">
      <Fact label={t.next_label}>
        {stage.conversion_to_next === null ? dash : format.share(stage.conversion_to_next)}
      </Fact>
      <Fact label={t.median_next}>
        {stage.median_s_to_next === null ? dash : format.duration(stage.median_s_to_next)}
      </Fact>
      <Fact label={t.leaks} hint={t.leaks_hint} {...(stage.leaks > 0 ? { tone: 'bad' as const } : {})}>
        {stage.leaks === 0 ? (
          dash
        ) : (
          <Count
            value={stage.leaks}
            tight
            who={{
              of: { report: 'map', request, stage: stage.stage, leaks: true },
              title: t.who_leaks(name),
            }}
          />
        )}
      </Fact>
      <Fact
        label={t.friction}
        hint={t.friction_hint}
        {...(stage.friction > 0 ? { tone: 'warn' as const } : {})}
      >
        {stage.friction === 0 ? (
          dash
        ) : (
          <Count
            value={stage.friction}
            tight
            who={{
              of: { report: 'map', request, stage: stage.stage, friction: true },
              title: t.who_friction(name),
            }}
          />
        )}
      </Fact>
      <Fact
        label={t.satisfaction}
        hint={words.value.counts.answers(satisfaction.answers, format.exact(satisfaction.answers))}
      >
        {answered === undefined ? (
          dash
        ) : (
          <button
            type="button"
            class="count"
            onClick={() =>
              showPeople({
                of: { report: 'map', request, stage: stage.stage, answers: true },
                title: `${t.satisfaction}, ${name}`,
                people: satisfaction.people,
              })
            }
          >
            {answered}
          </button>
        )}
      </Fact>
      <Fact label={t.revenue}>
        {stage.revenue === 0 ? dash : <Money value={stage.revenue} currency={view.currency} tight />}
      </Fact>
    </dl>
  );
}

function Fact({
  label,
  hint,
  tone,
  children,
}: {
  label: string;
  hint?: string;
  tone?: 'bad' | 'warn';
  children: ComponentChildren;
}) {
  return (
    <div class={tone ? `fact fact-${tone}` : 'fact'} title={hint}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
