import type { DashboardPage } from '@throughline/contract';
import { useLocation } from 'preact-iso';
import './nav.css';
import { words } from '../i18n/words.ts';
import { Icon } from '../ui/icon.tsx';
import type { IconName } from '../ui/icons.ts';
import { usePlace } from '../url/place.ts';

const PAGES: { path: DashboardPage; name: IconName }[] = [
  { path: '/', name: 'overview' },
  { path: '/map', name: 'map' },
  { path: '/funnel', name: 'funnel' },
  { path: '/paths', name: 'paths' },
  { path: '/people', name: 'people' },
  { path: '/who', name: 'who' },
  { path: '/setup', name: 'set_up' },
];

/** A column at the left; on narrow screens a bar at the bottom, under the thumb. */
export function Nav() {
  const { path } = useLocation();
  const place = usePlace();
  const t = words.value.nav;
  return (
    <nav class="nav" aria-label={t.label}>
      <ul>
        {PAGES.map((page) => {
          const here = page.path === '/' ? path === '/' || path === '/overview' : path.startsWith(page.path);
          const label = t[page.name as Exclude<keyof typeof t, 'label' | 'map_short' | 'who_short'>];
          const short = page.name === 'map' ? t.map_short : page.name === 'who' ? t.who_short : undefined;
          return (
            <li key={page.path}>
              <a href={place.href(page.path)} class="nav-link" aria-current={here ? 'page' : undefined}>
                <Icon name={page.name} size={20} />
                <span class={short === undefined ? undefined : 'nav-long'}>{label}</span>
                {short !== undefined && <span class="nav-short">{short}</span>}
              </a>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
