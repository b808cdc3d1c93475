/** What the shop sells. Prices are Vietnamese đồng, tax included. */
export const PRODUCTS = [
  {
    id: 'phin-blend',
    name: 'Đắk Lắk phin blend',
    category: 'Coffee',
    price: 145000,
    unit: '250 g',
    art: 'bag',
    tone: '#7a4a2b',
    text: 'Dark, thick and chocolatey. Fine robusta with a third of arabica, ground for the phin and made for condensed milk.',
  },
  {
    id: 'arabica-cau-dat',
    name: 'Cầu Đất arabica',
    category: 'Coffee',
    price: 210000,
    unit: '250 g',
    art: 'bag',
    tone: '#b5652f',
    text: 'Washed arabica from 1,500 metres. Tangerine, brown sugar and a clean finish; whole beans, roasted light.',
  },
  {
    id: 'honey-robusta',
    name: 'Gia Lai honey robusta',
    category: 'Coffee',
    price: 189000,
    unit: '250 g',
    art: 'bag',
    tone: '#c98b2b',
    text: 'Dried with its fruit on for three weeks. Palm sugar, roasted cashew, and the strength you came for.',
  },
  {
    id: 'lotus-tea',
    name: 'West Lake lotus tea',
    category: 'Tea',
    price: 320000,
    unit: '100 g',
    art: 'tin',
    tone: '#c2698a',
    text: 'Green tea scented seven times inside lotus flowers picked before dawn. A small tin, a long afternoon.',
  },
  {
    id: 'bao-loc-oolong',
    name: 'Bảo Lộc oolong',
    category: 'Tea',
    price: 165000,
    unit: '150 g',
    art: 'tin',
    tone: '#3f7d5c',
    text: 'Rolled by hand and lightly roasted. Orchid and warm milk; good for six infusions.',
  },
  {
    id: 'ginger-tea',
    name: 'Ginger and lemongrass',
    category: 'Tea',
    price: 89000,
    unit: '20 bags',
    art: 'tin',
    tone: '#d0a12f',
    text: 'No tea leaf, no caffeine: dried ginger, lemongrass and a little liquorice for rainy evenings.',
  },
  {
    id: 'steel-phin',
    name: 'Steel phin filter',
    category: 'Home',
    price: 95000,
    unit: '1 cup',
    art: 'phin',
    tone: '#8b97a1',
    text: 'The filter every kitchen has, made properly: thick steel, a press that screws down, nothing to replace.',
  },
  {
    id: 'bat-trang-cup',
    name: 'Bát Tràng cup',
    category: 'Home',
    price: 180000,
    unit: '180 ml',
    art: 'cup',
    tone: '#2f6f8f',
    text: 'Thrown and glazed by hand in Bát Tràng. No two blues are the same.',
  },
  {
    id: 'gift-box',
    name: 'Morning gift box',
    category: 'Home',
    price: 450000,
    unit: 'box of 3',
    art: 'box',
    tone: '#1f5c4a',
    text: 'Phin blend, steel phin and a Bát Tràng cup in a box with a ribbon. Write a card at the checkout.',
  },
];

export const productById = (id) => PRODUCTS.find((product) => product.id === id);

export const CURRENCY = 'VND';
export const SHIPPING = 30000;
export const FREE_SHIPPING_FROM = 500000;

const format = new Intl.NumberFormat('vi-VN', { style: 'currency', currency: CURRENCY });
export const money = (amount) => format.format(amount);

/** A product as the events name it. */
export const asTracked = (product, quantity = 1) => ({
  product_id: product.id,
  name: product.name,
  category: product.category,
  brand: 'Sông Xanh',
  price: product.price,
  quantity,
});
