import { sortFields } from '#core/ledgers/list-page.ts';
import { filterFields } from '#core/ledgers/list-parts.ts';
import type { InputOf } from '#shared/api/methods.ts';
import { mediation } from '#shared/ledgers/mediation.ts';
import { type Caller, copyOf, envOf, openCore, type Place, someCases } from './data-set.ts';
import { median, timed } from './measure.ts';

type ListInput = InputOf<'ledger.list'>;
export type ListTimes = {
  open: number;
  sorts: Map<string, number>;
  filters: Map<string, number>;
  worstPair: [string, number];
  /** The slowest first page with two filters on. */
  worstTwo: [string, number];
};

const turns = 7;

/**
 * Key accepted to first rows, and first pages in every order and by every filter. A record is saved before each page,
 * so that nothing that was counted or read for the one before can be used again.
 */
export async function measureLists(folder: string, place: Place): Promise<ListTimes> {
  const own = copyOf(folder, 'lists');
  const opens: number[] = [];
  for (let turn = 0; turn < turns; turn++) {
    const fresh = openCore(envOf(own, place));
    await fresh.call('program.state', {});
    opens.push(
      await timed(async () => {
        await fresh.signIn();
        await fresh.call('ledger.list', { ledger: 'mediation' });
      }),
    );
    await fresh.close();
  }

  const core = openCore(envOf(own, place));
  await core.signIn();
  const records = someCases(200, place);
  let saved = 0;
  const page = async (input: Omit<ListInput, 'ledger'>, times = turns) => {
    const found: number[] = [];
    for (let turn = 0; turn < times; turn++) {
      await core.call('ledger.save', {
        ledger: 'mediation',
        record: records[saved++ % records.length] ?? {},
      });
      found.push(await timed(() => core.call('ledger.list', { ledger: 'mediation', ...input })));
    }
    return median(found);
  };
  const sorts = new Map<string, number>();
  for (const field of sortFields(mediation)) {
    const both = [
      await page({ sort: { field, descending: true } }),
      await page({ sort: { field, descending: false } }),
    ];
    sorts.set(field, Math.max(...both));
  }

  const values = await commonValues(core);
  const filters = new Map<string, number>();
  let worstPair: [string, number] = ['', 0];
  let worstTwo: [string, number] = ['', 0];
  const given = (field: string) => {
    const value = field === mediation.day ? { from: '2023-01-01', to: '2023-12-31' } : values[field];
    return { [field]: value ?? null } as NonNullable<ListInput['filter']>;
  };
  for (const field of filterFields(mediation)) {
    const filter = given(field);
    filters.set(field, await page({ filter }));
    for (const sorted of sortFields(mediation)) {
      const ms = await page({ filter, sort: { field: sorted, descending: true } }, 3);
      if (ms > worstPair[1]) worstPair = [`${field} × ${sorted}`, ms];
    }
  }
  const fields = filterFields(mediation);
  for (const [at, one] of fields.entries()) {
    for (const other of fields.slice(at + 1)) {
      const ms = await page({ filter: { ...given(one), ...given(other) } }, 3);
      if (ms > worstTwo[1]) worstTwo = [`${one} and ${other}`, ms];
    }
  }
  await core.close();
  return { open: median(opens), sorts, filters, worstPair, worstTwo };
}

/** For each field the value that most of some records have: the filter that leaves most to count and to sort. */
async function commonValues(core: Caller): Promise<Record<string, unknown>> {
  const times = new Map<string, Map<unknown, number>>();
  const { total } = await core.call('ledger.list', { ledger: 'mediation', limit: 1 });
  for (let part = 0; part < 40; part++) {
    const offset = Math.floor((total * part) / 40);
    const { rows } = await core.call('ledger.list', { ledger: 'mediation', offset, limit: 1 });
    const whole = await core.call('ledger.get', { id: rows[0]?.id ?? '' });
    const values: Record<string, unknown> = { ...whole.record, state: whole.state, unitId: whole.unitId };
    for (const field of filterFields(mediation)) {
      const seen = times.get(field) ?? new Map<unknown, number>();
      times.set(field, seen.set(values[field], (seen.get(values[field]) ?? 0) + 1));
    }
  }
  const most = (seen: Map<unknown, number>) => [...seen].sort((one, other) => other[1] - one[1])[0]?.[0];
  return Object.fromEntries([...times].map(([field, seen]) => [field, most(seen)]));
}
