const NAMES = [
  'surface',
  'raised',
  'line',
  'text',
  'text-2',
  'text-3',
  'accent',
  'bad',
  'hue-1',
  'hue-2',
  'hue-3',
  'hue-4',
  'hue-5',
  'hue-6',
  'hue-7',
  'hue-8',
] as const;
export type Colours = Record<(typeof NAMES)[number], string>;

/** The theme's colours as a canvas takes them: `light-dark()` is resolved by asking for them on a real element. */
export function coloursNow(): Colours {
  const probe = document.createElement('span');
  document.body.append(probe);
  const colours = Object.fromEntries(
    NAMES.map((name) => {
      probe.style.color = `var(--${name})`;
      return [name, getComputedStyle(probe).color];
    }),
  ) as Colours;
  probe.remove();
  return colours;
}

/** Stages from first to last, so that a column, a node and a touchpoint of one stage have one colour. */
export function stageColour(colours: Colours, index: number): string {
  const order = ['hue-1', 'hue-2', 'hue-3', 'hue-4', 'hue-5', 'hue-6', 'hue-7', 'hue-8'] as const;
  return colours[order[index % order.length]!];
}
