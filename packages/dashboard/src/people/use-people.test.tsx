// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { mockPerson } from '../testing/mock-people.ts';
import { type PeopleList, usePeople } from './use-people.ts';

const NOW = new Date('2026-11-22T00:00:00.000Z');
const OF = { report: 'everyone', request: { from: '2026-11-01', to: '2026-11-22' } } as const;

let asked: { search?: string; after?: string; answer(total: number, next?: string): Promise<void> }[] = [];
let list: PeopleList | undefined;

vi.stubGlobal('fetch', (_path: string, init: { body: string }) => {
  const { search, after } = JSON.parse(init.body) as { search?: string; after?: string };
  return new Promise<Response>((resolve) => {
    const answer = (total: number, next?: string) =>
      act(async () => {
        resolve(Response.json({ total, people: [mockPerson(total, NOW)], ...(next ? { next } : {}) }));
        // Reading the answer takes a few turns; one task later all of them are through.
        await new Promise((done) => setTimeout(done));
      }) as Promise<void>;
    asked.push({ ...(search ? { search } : {}), ...(after ? { after } : {}), answer });
  });
});

function Probe({ search }: { search: string }) {
  list = usePeople('may', OF, search).data;
  return null;
}
const show = (search: string) => act(() => render(<Probe search={search} />, document.body));

afterEach(() => {
  act(() => render(null, document.body));
  asked = [];
});

describe('a list of people', () => {
  it('does not take in a further page of a search that was replaced', async () => {
    show('');
    await asked[0]!.answer(60, '50');
    await vi.waitFor(() => expect(list?.total).toBe(60));
    act(() => list!.more!());
    expect(asked[1]!.after).toBe('50');
    show('thu');
    await asked[2]!.answer(3);
    await vi.waitFor(() => expect(list?.total).toBe(3));
    await asked[1]!.answer(60);
    expect(list?.people).toHaveLength(1);
    expect(list?.more).toBeUndefined();
  });
});
