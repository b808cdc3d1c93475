import { art } from './art.js';
import { element } from './element.js';
import { frame } from './frame.js';
import { productCard } from './product-card.js';
import { PRODUCTS } from './products.js';

frame();
document
  .getElementById('hero-art')
  .append(
    ...['phin', 'cup', 'bag'].map((kind, index) =>
      art({ art: kind, tone: ['#c9d3d8', '#2f6f8f', '#b5652f'][index], name: '' }),
    ),
  );

const everything = 'Everything';
const categories = [everything, ...new Set(PRODUCTS.map(({ category }) => category))];
let chosen = everything;

function draw() {
  document.getElementById('filters').replaceChildren(
    ...categories.map((category) =>
      element(
        'button',
        {
          'aria-pressed': String(category === chosen),
          onclick: () => {
            chosen = category;
            draw();
          },
        },
        category,
      ),
    ),
  );
  document
    .getElementById('catalogue')
    .replaceChildren(
      ...PRODUCTS.filter(({ category }) => chosen === everything || category === chosen).map(productCard),
    );
}
draw();
