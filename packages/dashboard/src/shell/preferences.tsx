import './preferences.css';
import { CATALOGUES, LANGUAGES, words } from '../i18n/words.ts';
import { chooseLanguage, type Language, language } from '../state/language.ts';
import { chooseTheme, THEMES, type Theme, theme } from '../state/theme.ts';
import { Select } from '../ui/select.tsx';

export function Preferences() {
  const t = words.value.shell;
  return (
    <div class="preferences">
      <Select
        label={t.language}
        value={language.value}
        choices={LANGUAGES.map((value) => ({ value, label: CATALOGUES[value].language_name }))}
        onChange={(value) => chooseLanguage(value as Language)}
      />
      <Select
        label={t.theme}
        value={theme.value}
        choices={THEMES.map((value) => ({ value, label: t.themes[value] }))}
        onChange={(value) => chooseTheme(value as Theme)}
      />
    </div>
  );
}
