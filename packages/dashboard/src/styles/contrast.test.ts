import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync('packages/dashboard/src/styles/tokens.css', 'utf8');

/** The token's colour in the light or the dark theme. */
function colour(name: string, theme: 'light' | 'dark'): [number, number, number] {
  const [, light, dark] =
    new RegExp(`--${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(css) ?? [];
  const hex = theme === 'light' ? light : dark;
  if (!hex) throw new Error(`tokens.css has no two colours for --${name}`);
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as [number, number, number];
}

/** WCAG 2.2, relative luminance and contrast ratio. */
function contrast(a: [number, number, number], b: [number, number, number]): number {
  const luminance = (rgb: [number, number, number]) => {
    const [red, green, blue] = rgb.map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    }) as [number, number, number];
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

const TEXT = [
  ...['ground', 'surface', 'sunken'].flatMap((on) => ['text', 'text-2', 'text-3'].map((name) => [name, on])),
  ...['accent', 'bad', 'warn', 'good'].map((name) => [name, 'surface']),
  ['accent', 'accent-soft'],
  ['good', 'good-soft'],
  ['on-accent', 'accent'],
] as [string, string][];
const MARKS = ['line-strong', 'hue-1', 'hue-2', 'hue-3', 'hue-5', 'hue-6', 'hue-7', 'hue-8'];

describe.each(['light', 'dark'] as const)('the %s theme', (theme) => {
  it.each(TEXT)('has %s readable on %s (4.5 : 1)', (name, on) => {
    expect(contrast(colour(name, theme), colour(on, theme))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(MARKS)('has %s to be seen on the surface (3 : 1)', (name) => {
    expect(contrast(colour(name, theme), colour('surface', theme))).toBeGreaterThanOrEqual(3);
  });
});
