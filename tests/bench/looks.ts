import type { Place } from './data-set.ts';
import { copyOf, envOf, openCore } from './data-set.ts';
import { quantile, type Result, result, timed } from './measure.ts';

const turns = 60;
const rows = 100;
const words = ['张伟', '王芳', '李', '排水', '邻里', '1640', 'zw', '承包地', '赵', '借款'];

/**
 * What it costs that a look at whole names is logged before it is answered: the same page, the same hits, once with an
 * entry to be made and once within the minute in which there is one. Read by a masked session before, so that neither
 * reads the disk.
 */
export async function measureLooks(folder: string, place: Place): Promise<Result[]> {
  const core = openCore(envOf(copyOf(folder, 'looks'), place));
  await core.signIn();
  const masked = core.beside();
  await masked.signIn();
  await core.call('session.reveal', { reason: 'bench' });
  const { total } = await core.call('ledger.list', { ledger: 'mediation', limit: 1 });
  const pages: [number, number][] = [];
  const pageTurns = Math.min(turns, Math.floor(total / rows) - 1);
  for (let turn = 0; turn < pageTurns; turn++) {
    const input = { ledger: 'mediation', offset: (turn + 1) * rows, limit: rows };
    await masked.call('ledger.list', input);
    const list = () => core.call('ledger.list', input);
    pages.push([await timed(list), await timed(list)]);
  }
  const hits: [number, number][] = [];
  for (const text of words) {
    await masked.call('search.find', { text });
    const find = () => core.call('search.find', { text });
    hits.push([await timed(find), await timed(find)]);
  }
  await core.close();
  const at = (found: [number, number][], side: 0 | 1, share: number) =>
    quantile(
      found.map((pair) => pair[side]),
      share,
    );
  const name = (what: string) => `${what} with its entry in the log (ms) / with one that is there`;
  return [
    result(name(`a page of ${rows} cases, median`), at(pages, 0, 0.5), at(pages, 1, 0.5), null),
    result(name(`a page of ${rows} cases, p95`), at(pages, 0, 0.95), at(pages, 1, 0.95), null),
    result(name('hits of a search, median'), at(hits, 0, 0.5), at(hits, 1, 0.5), null),
  ];
}
