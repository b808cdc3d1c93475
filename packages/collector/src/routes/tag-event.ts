import { type Fields, own } from '../steps/text.ts';

/** Above these a page is "poor": https://web.dev/articles/vitals */
const POOR = { lcp_ms: 4_000, inp_ms: 500, cls: 0.25 };

/** The name of an event of the tag. What the tag tells of a page that was left is friction where the page was slow. */
export function nameOf(event: Fields, properties: Fields | undefined): unknown {
  const name = own(event, 'name');
  if (name !== 'page_engaged' || own(event, 'reader') !== 'page' || !properties) return name;
  const slow = Object.entries(POOR).some(([vital, most]) => Number(own(properties, vital)) > most);
  return slow ? 'page_slow' : name;
}

/** `data-tl-event` is among the attributes that the tag reads as properties: it is the event's name already. */
export function withoutName(event: Fields, properties: Fields): Fields {
  if (own(event, 'reader') !== 'attribute') return properties;
  const { event: _name, ...others } = properties;
  return others;
}
