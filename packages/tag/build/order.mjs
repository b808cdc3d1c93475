import ts from 'typescript';
import { isKey, ROUGH_MORE_MAX } from './names.mjs';

/**
 * The variables that a script declares in its first list, in their order, each with its text, and whether it may stand anywhere: a
 * function or a plain value needs nothing of the others before it is called.
 */
export function declaratorsOf(code) {
  const file = ts.createSourceFile('t.js', code, ts.ScriptTarget.ESNext, true, ts.ScriptKind.JS);
  const [block] = file.statements;
  const { declarations } = block.statements.find(ts.isVariableStatement).declarationList;
  return declarations.map((node) => ({
    name: node.name.text,
    text: node.getText(),
    start: node.getStart(),
    end: node.getEnd(),
    loose: !node.initializer || !asks(node.initializer),
  }));
}

/** Whether a variable is looked at when the value is made. */
const asks = (node) =>
  !ts.isFunctionLike(node) &&
  ((ts.isIdentifier(node) && !isKey(node)) || ts.forEachChild(node, asks) || false);

/** The script with the variables of its first list in the order of these names; those that look at others, and new ones, come after them. */
export function arranged(code, order) {
  const all = declaratorsOf(code);
  const rank = ({ name, loose }) => (loose && order.includes(name) ? order.indexOf(name) : order.length);
  return inOrder(
    code,
    all,
    [...all].sort((a, b) => rank(a) - rank(b)),
  );
}

/** The script with the texts of `all`, its declarators, in another order. */
export const inOrder = (code, all, next) =>
  code.slice(0, all[0].start) + next.map(({ text }) => text).join(',') + code.slice(all.at(-1).end);

/** Where the places of a script are in the same script with its declarators, `all`, in the order `next`. */
export function movedBy(all, next) {
  const starts = new Map();
  let at = all[0].start;
  for (const one of next) {
    starts.set(one, at);
    at += one.text.length + 1;
  }
  return (place) => {
    const one = all.find(({ start, end }) => start <= place && place < end);
    return one ? starts.get(one) + place - one.start : place;
  };
}

/**
 * An order that makes the script smaller, found by trying as `better` of names.mjs does: each step takes one to four neighbours
 * elsewhere, and is kept unless `sizeOf` grows.
 */
export function betterOrder(code, { sizeOf, roughly, chance, until }) {
  const all = declaratorsOf(code);
  const fixed = all.filter(({ loose }) => !loose);
  let loose = all.filter((one) => one.loose);
  const written = (next) => inOrder(code, all, [...next, ...fixed]);
  let least = { size: sizeOf(written(loose)), rough: roughly(written(loose)) };
  while (!until()) {
    const next = [...loose];
    const taken = next.splice(
      Math.floor(chance() * next.length),
      chance() < 0.3 ? 1 + Math.floor(chance() * 4) : 1,
    );
    next.splice(Math.floor(chance() * (next.length + 1)), 0, ...taken);
    const text = written(next);
    const rough = roughly(text);
    if (rough > least.rough + ROUGH_MORE_MAX) continue;
    const size = sizeOf(text);
    if (size > least.size) continue;
    least = { size, rough };
    loose = next;
  }
  return [...loose, ...fixed].map(({ name }) => name);
}
