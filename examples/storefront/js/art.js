import { drawing } from './element.js';

const path = (d, fill, more = {}) => drawing('path', { d, fill, ...more });
const line = (d, stroke, width = 3) =>
  drawing('path', { d, fill: 'none', stroke, 'stroke-width': width, 'stroke-linecap': 'round' });

/** One drawing per kind of thing, on a 200 × 200 field, in the product's own colour. */
const DRAWINGS = {
  bag: (tone) => [
    path('M62 46h76l8 118a8 8 0 0 1-8 8H62a8 8 0 0 1-8-8Z', tone),
    path('M62 46h76l2 20H60Z', '#00000022'),
    path('M68 92h64v50H68Z', '#fff8ec'),
    path('M88 117c0-9 8-15 20-15 0 12-6 20-14 20-4 0-6-2-6-5Z', tone),
    line('M90 130h20', tone),
  ],
  tin: (tone) => [
    path('M56 66h88v98a8 8 0 0 1-8 8H64a8 8 0 0 1-8-8Z', tone),
    path('M52 50a6 6 0 0 1 6-6h84a6 6 0 0 1 6 6v18H52Z', '#f3e6c8'),
    drawing('circle', { cx: 100, cy: 118, r: 30, fill: '#fff8ec' }),
    path('M100 98c10 8 10 30 0 40-10-10-10-32 0-40Z', tone),
    path('M100 138c-16 2-22-8-22-20 12 0 20 8 22 20Zm0 0c16 2 22-8 22-20-12 0-20 8-22 20Z', tone, {
      opacity: 0.65,
    }),
  ],
  phin: (tone) => [
    path('M70 62h60l-6 58H76Z', tone),
    path('M78 46h44v12H78Z', '#5e6a73'),
    path('M52 120h96v10H52Z', '#5e6a73'),
    path('M66 136h68l-8 36H74Z', '#e9d7bd'),
    path('M70 150h60l-5 22H75Z', '#4a2b18'),
    line('M100 130v8', '#4a2b18', 4),
  ],
  cup: (tone) => [
    path('M54 80h84v40c0 28-18 48-42 48s-42-20-42-48Z', tone),
    drawing('ellipse', { cx: 96, cy: 80, rx: 42, ry: 11, fill: '#e7f0f3' }),
    drawing('ellipse', { cx: 96, cy: 82, rx: 34, ry: 7, fill: '#6a3d20' }),
    line('M138 92c26-6 30 36-6 38', tone, 9),
    line('M82 56c-6-10 6-14 0-24M104 56c-6-10 6-14 0-24', '#b9c5c9', 4),
  ],
  box: (tone) => [
    path('M46 84h108v80a8 8 0 0 1-8 8H54a8 8 0 0 1-8-8Z', tone),
    path('M40 66h120v24H40Z', '#174738'),
    path('M92 66h16v106H92Z', '#e3b34c'),
    line('M100 64c-30 2-38-26-16-26 12 0 16 14 16 26Zm0 0c30 2 38-26 16-26-12 0-16 14-16 26Z', '#e3b34c', 6),
  ],
};

export function art({ art: kind, tone, name }) {
  return drawing(
    'svg',
    { viewBox: '0 0 200 200', role: 'img', 'aria-label': name, class: 'art' },
    ...DRAWINGS[kind](tone),
  );
}
