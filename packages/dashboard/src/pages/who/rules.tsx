import type { IdentityRules, IdentityRulesView, RulesTrialView } from '@throughline/contract';
import { useState } from 'preact/hooks';
import { ApiError } from '../../api/call.ts';
import { reports } from '../../api/reports.ts';
import { sentenceOf } from '../../api/sentence.ts';
import { useReport } from '../../api/use-report.ts';
import { words } from '../../i18n/words.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { usePlace } from '../../url/place.ts';
import { Applying } from './applying.tsx';
import { RulesFields } from './rules-fields.tsx';
import { Trial } from './trial.tsx';

/** The rules by which people are told apart: to read, to try and to change. */
export function Rules() {
  const { site } = usePlace();
  const t = words.value.identity;
  const [changes, setChanges] = useState(0);
  const report = useReport(`${site.site} ${changes}`, (signal) => reports.rules(site.site, signal));
  return (
    <Card title={t.rules} hint={t.rules_hint}>
      <Loaded report={report} heights={[300]}>
        {(view) => (
          <Editor key={`${site.site} ${changes}`} view={view} onChanged={() => setChanges(changes + 1)} />
        )}
      </Loaded>
    </Card>
  );
}

function Editor({ view, onChanged }: { view: IdentityRulesView; onChanged(): void }) {
  const { site } = usePlace();
  const t = words.value.identity;
  const [rules, setRules] = useState<IdentityRules>(view.rules);
  const [trial, setTrial] = useState<RulesTrialView>();
  const [state, setState] = useState<{ busy: boolean; error?: ApiError }>({ busy: false });
  const ask = <Answer,>(work: Promise<Answer>, then: (answer: Answer) => void) => {
    setState({ busy: true });
    work.then(
      (answer) => {
        setState({ busy: false });
        then(answer);
      },
      (error: unknown) => {
        if (!(error instanceof ApiError)) throw error;
        setState({ busy: false, error });
      },
    );
  };
  // The line that is just being begun is empty while it is typed.
  const typed = { ...rules, blocked_values: rules.blocked_values.filter((value) => value.trim() !== '') };
  const change = (wanted: Partial<IdentityRules>) =>
    ask(reports.changeRules(site.site, { rules: wanted }), onChanged);
  return (
    <>
      <Applying applying={view.applying} />
      <RulesFields
        rules={rules}
        onChange={(changed) => {
          setRules(changed);
          setTrial(undefined);
        }}
      />
      {state.error && (
        <p class="rules-refused" role="alert">
          {sentenceOf(state.error)} {state.error.at && <code>{state.error.at}</code>}
        </p>
      )}
      <div class="rules-actions">
        <Button
          disabled={state.busy}
          onClick={() => ask(reports.tryRules(site.site, { rules: typed }), setTrial)}
        >
          {state.busy ? t.trying : t.try}
        </Button>
        <Button kind="main" disabled={state.busy} onClick={() => change(typed)}>
          {t.save}
        </Button>
        {Object.keys(view.own).length > 0 && (
          <Button kind="quiet" disabled={state.busy} onClick={() => change({})}>
            {t.defaults}
          </Button>
        )}
      </div>
      {trial && <Trial view={trial} />}
    </>
  );
}
