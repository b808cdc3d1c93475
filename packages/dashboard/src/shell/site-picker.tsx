import { words } from '../i18n/words.ts';
import { session } from '../state/session.ts';
import { Select } from '../ui/select.tsx';
import { usePlace } from '../url/place.ts';

export function SitePicker() {
  const place = usePlace();
  const { sites } = session.value;
  return (
    <Select
      label={words.value.shell.site}
      hidden_label
      value={place.site.site}
      choices={sites.map((site) => ({ value: site.site, label: site.name || site.site }))}
      onChange={(site) => place.set({ site })}
    />
  );
}
