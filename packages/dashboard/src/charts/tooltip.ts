/**
 * A tooltip as an element: text goes in as text, whatever a visitor sent, and no style attribute is parsed,
 * which the content security policy would refuse.
 */
export function tooltip(title: string, lines: readonly string[]): HTMLElement {
  const box = document.createElement('div');
  const head = document.createElement('strong');
  head.textContent = title;
  box.append(head);
  for (const line of lines) {
    const row = document.createElement('div');
    row.textContent = line;
    box.append(row);
  }
  return box;
}

/** Options that every chart's tooltip shares. `confine` also keeps ECharts from adding an arrow as HTML text. */
export const TOOLTIP = {
  confine: true,
  className: 'chart-tooltip',
  transitionDuration: 0,
  borderWidth: 0,
  padding: 0,
  backgroundColor: 'transparent',
  extraCssText: 'box-shadow:none',
} as const;
