import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import './shell.css';
import { words } from '../i18n/words.ts';
import { PeopleDrawer } from '../people/people-drawer.tsx';
import { clicked } from '../state/people.ts';
import { signOut } from '../state/session.ts';
import { Button } from '../ui/button.tsx';
import { Logo } from '../ui/logo.tsx';
import { Nav } from './nav.tsx';
import { Preferences } from './preferences.tsx';
import { RangePicker } from './range-picker.tsx';
import { SitePicker } from './site-picker.tsx';

/** What stands around every page. */
export function Shell({ children }: { children: ComponentChildren }) {
  const [open, setOpen] = useState(false);
  const { path } = useLocation();
  const t = words.value.shell;
  return (
    <div class="shell">
      {/* biome-ignore lint/a11y/useValidAnchor: a link by nature; the click only keeps the address free of #content */}
      <a class="skip" href="#content" onClick={focusContent}>
        {words.value.skip}
      </a>
      <aside class="side">
        <div class="brand">
          <Logo />
          <span>{words.value.name}</span>
        </div>
        <Nav />
        <div id="preferences" class={open ? 'side-foot side-foot-open' : 'side-foot'}>
          <Preferences />
          <Button kind="quiet" icon="leave" onClick={() => void signOut()}>
            {t.sign_out}
          </Button>
        </div>
      </aside>
      <header class="top">
        <span class="top-logo">
          <Logo />
        </span>
        <SitePicker />
        {/* Nothing on Set-up is of the dates that are chosen. */}
        {!path.startsWith('/setup') && <RangePicker />}
        <span class="top-preferences">
          <Button
            kind="quiet"
            icon="sliders"
            label={t.preferences}
            pressed={open}
            onClick={() => setOpen(!open)}
          />
        </span>
      </header>
      <main id="content" class="content" tabIndex={-1}>
        {children}
      </main>
      {clicked.value && <PeopleDrawer clicked={clicked.value} onClose={() => (clicked.value = undefined)} />}
    </div>
  );
}

function focusContent(event: MouseEvent): void {
  event.preventDefault();
  document.querySelector<HTMLElement>('#content')?.focus();
}
