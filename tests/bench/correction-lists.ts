import { sortFields } from '#core/ledgers/list-page.ts';
import { filterFields } from '#core/ledgers/list-parts.ts';
import type { InputOf } from '#shared/api/methods.ts';
import { correctionLedgers, ledgers } from '#shared/ledgers/all.ts';
import type { LedgerSpec } from '#shared/ledgers/describe.ts';
import { type Caller, copyOf, envOf, openCore, type Place } from './data-set.ts';
import { median, quantile, type Result, result } from './measure.ts';

type Filter = NonNullable<InputOf<'ledger.list'>['filter']>;

/** Work of a call in milliseconds of the processor, which other programs' turns do not land in. */
async function worked(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

const repeats = 3;

/** The slowest first page over every order, without a filter and by the most usual value of every field. */
async function slowest(core: Caller, ledger: LedgerSpec): Promise<number> {
  const { rows } = await core.call('ledger.list', { ledger: ledger.name, limit: 500 });
  const usual = (field: string): Filter[] => {
    if (field === ledger.day) return [{ [field]: { from: '2020-01-01', to: '2022-12-31' } }];
    const times = new Map<string, number>();
    for (const row of rows) {
      const value = row[field];
      if (typeof value === 'string') times.set(value, (times.get(value) ?? 0) + 1);
    }
    const [most] = [...times].sort((one, other) => other[1] - one[1]);
    return most ? [{ [field]: most[0] }] : [];
  };
  let most = 0;
  for (const filter of [{}, ...filterFields(ledger).flatMap(usual)])
    for (const field of sortFields(ledger))
      for (const descending of [true, false]) {
        const input = { ledger: ledger.name, filter, sort: { field, descending } };
        const times: number[] = [];
        for (let at = 0; at < repeats; at++) times.push(await worked(() => core.call('ledger.list', input)));
        most = Math.max(most, median(times));
      }
  return most;
}

/** Whether lists and search of the registers of correction cost more than those of mediation in the same ledger. */
export async function measureCorrectionLists(folder: string, place: Place): Promise<Result[]> {
  const core = openCore(envOf(copyOf(folder, 'correction-lists'), place));
  await core.signIn();
  await core.call('session.reveal', { reason: '测量' });
  const all: number[] = [];
  for (const ledger of correctionLedgers) all.push(await slowest(core, ledger));
  const mediation = ledgers.find(({ name }) => name === 'mediation') as LedgerSpec;
  const page = result(
    'correction: slowest page over orders and filters, processor time / of mediation (ratio)',
    Math.max(...all),
    await slowest(core, mediation),
    1.5,
  );
  const searched = async (ledger: string) => {
    const { rows } = await core.call('ledger.list', { ledger, limit: 100 });
    const times: number[] = [];
    for (const { title } of rows) {
      const [text = ''] = title.split('、');
      times.push(await worked(() => core.call('search.find', { text })));
    }
    return quantile(times, 0.95);
  };
  const [ofPersons, ofParties] = [await searched('correction'), await searched('mediation')];
  const name = 'correction: search by a name, p95, processor time / a party of mediation (ratio)';
  await core.close();
  return [page, result(name, ofPersons, ofParties, 1.5)];
}
