import { expect } from 'vitest';
import type { RecordContent } from '#shared/api/types.ts';
import type { CountyLedger } from './ledger-fixture.ts';

/** Plain counting over records that were read through the dispatcher, beside the figures of the program. */

export type Kept = { id: string; state: string; record: RecordContent };
export type Recounted = { ids: string[]; value: number };

/** All records of a register; `page` at a time. */
export async function everyRecord(ledger: CountyLedger, name: string, page = 1000): Promise<Kept[]> {
  const kept: Kept[] = [];
  for (let offset = 0; ; offset += page) {
    const { rows } = await ledger.call('ledger.list', { ledger: name, offset, limit: page });
    for (const row of rows) kept.push(await ledger.call('ledger.get', { id: row.id }));
    if (rows.length < page) return kept;
  }
}

/** Whether a figure is what was counted, and opens just these records. */
export async function expectFigure(
  ledger: CountyLedger,
  { code, year, value, ids }: Recounted & { code: string; year: number },
): Promise<void> {
  const { figures } = await ledger.call('indicator.list', { year });
  const figure = figures.find((one) => one.code === code);
  expect(figure, `${code} ${year}`).toMatchObject({ value, records: ids.length });
  const behind = await ledger.call('indicator.records', { year, code });
  expect(behind.total, code).toBe(ids.length);
  expect(behind.records.map(({ id }) => id).sort(), code).toEqual([...ids].sort());
}
