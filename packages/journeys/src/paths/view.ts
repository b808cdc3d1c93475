import type { PathsView } from '@throughline/contract';
import type { PathLinkRow } from './statement.ts';

type Node = PathsView['nodes'][number];

export function pathsView(rows: PathLinkRow[]): PathsView {
  const nodes = new Map<string, Node>();
  const add = (step: number, id: string, people: number) => {
    const event = eventOf(id);
    const node = nodes.get(id) ?? { id, step, event, label: event, people: 0 };
    nodes.set(id, { ...node, people: node.people + people });
  };
  for (const { step, source, target, people } of rows) {
    if (step === 1) add(1, source, people);
    add(step + 1, target, people);
  }
  const first = [...nodes.values()].filter(({ step }) => step === 1);
  return {
    people: first.reduce((sum, { people }) => sum + people, 0),
    nodes: [...nodes.values()].sort(
      (a, b) => a.step - b.step || rank(a) - rank(b) || b.people - a.people || compare(a.id, b.id),
    ),
    links: rows
      .toSorted(
        (a, b) => a.step - b.step || b.people - a.people || compare(a.source + a.target, b.source + b.target),
      )
      .map(({ source, target, people, median }) => ({
        source,
        target,
        people,
        median_s: median === null ? null : median / 1000,
      })),
  };
}

/** An event that is really called `other` or `exit` has the id `<step>:=other`. */
function eventOf(id: string): string {
  const name = id.slice(id.indexOf(':') + 1);
  return name.startsWith('=') && ['=other', '=exit'].includes(name) ? name.slice(1) : name;
}

/** `other` and `exit` stand last in their column. */
function rank({ id }: Node): number {
  return id.endsWith(':exit') ? 2 : id.endsWith(':other') ? 1 : 0;
}

const compare = (a: string, b: string) => (a < b ? -1 : Number(a > b));
