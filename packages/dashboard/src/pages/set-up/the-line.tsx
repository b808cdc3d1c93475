import type { Site, TagBuild } from '@throughline/contract';
import { useState } from 'preact/hooks';
import { ApiError } from '../../api/call.ts';
import { reports } from '../../api/reports.ts';
import { sentenceOf } from '../../api/sentence.ts';
import { words } from '../../i18n/words.ts';
import { siteChanged } from '../../state/session.ts';
import { Card } from '../../ui/card.tsx';
import { Copyable } from '../../ui/copyable.tsx';
import { Icon } from '../../ui/icon.tsx';
import type { IconName } from '../../ui/icons.ts';
import { Tabs } from '../../ui/tabs.tsx';
import { reachOf } from '../../url/reach.ts';
import { managedTag, snippet } from './examples.ts';
import { StrictPolicy } from './strict-policy.tsx';

/** The line to paste, which build of the tag it loads, and what that build sees without a word of code. */
export function TheLine({ site }: { site: Site }) {
  const t = words.value.set_up;
  const [told, setTold] = useState<'changed' | ApiError>();
  const [strict, setStrict] = useState(false);
  const build: TagBuild = site.settings.tag ?? 'complete';
  const reach = reachOf(location);
  const choose = async (wanted: string) => {
    try {
      siteChanged(await reports.chooseTag(site.site, wanted));
      setTold('changed');
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setTold(error);
    }
  };
  return (
    <Card title={t.snippet} hint={t.snippet_text}>
      <Copyable text={snippet(location.origin, site)} />
      {reach !== 'everybody' && (
        <p class="reach">
          <Icon name="warning" size={16} />
          {t.reach[reach]}
        </p>
      )}
      <p class="quiet">
        {t.hosts}: {site.hosts.length > 0 ? site.hosts.join(', ') : t.any_host}
      </p>
      <div class="build">
        <Tabs
          label={t.build}
          value={build}
          choices={(['complete', 'core'] as const).map((value) => ({ value, label: t.builds[value] }))}
          onChange={(value) => void choose(value)}
        />
        <p class="quiet">
          {t.build_text[build]} {t.build_when}
        </p>
      </div>
      {told && (
        <p class={told === 'changed' ? 'build-told' : 'build-told build-bad'} role="status">
          {told === 'changed' ? t.build_changed[build] : sentenceOf(told)}
        </p>
      )}
      <details class="set-up-more">
        <summary>{t.managed}</summary>
        <div class="set-up-texts managed-tag">
          <p class="quiet">{t.managed_text}</p>
          <Copyable text={managedTag(location.origin, site)} />
          <p>{t.managed_cost}</p>
        </div>
      </details>
      <details class="set-up-more" onToggle={({ currentTarget }) => setStrict(currentTarget.open)}>
        <summary>{t.strict}</summary>
        {strict && <StrictPolicy site={site} />}
      </details>
      <div class="set-up-lists">
        <Listed
          title={t.alone}
          icon="check"
          items={build === 'core' ? t.alone_core : [...t.alone_core, ...t.alone_complete]}
        />
        <Listed title={t.more} icon="plus" items={build === 'core' ? t.more_core : t.more_complete} />
      </div>
    </Card>
  );
}

function Listed({ title, icon, items }: { title: string; icon: IconName; items: readonly string[] }) {
  return (
    <section class={`listed listed-${icon}`}>
      <h3>{title}</h3>
      <ul>
        {items.map((item) => (
          <li key={item}>
            <Icon name={icon} size={16} />
            <span>{item}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
