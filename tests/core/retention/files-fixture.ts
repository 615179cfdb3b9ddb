import type { InputOf } from '#shared/api/methods.ts';
import type { Saved } from '#shared/api/types.ts';
import type { Day } from '#shared/domain/day.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import type { Person } from '#tests/fixtures/program.ts';

type Decision = InputOf<'retention.decide'>['decision'];

/** What a bureau enters of its approved table. */
export const approved = (period: Decision['period'], more: Partial<Decision> = {}): Decision => ({
  period,
  authority: '金塔县档案局',
  letterNo: '金档发〔2024〕8号',
  approvedOn: '2024-03-01' as Day,
  validFrom: null,
  validTo: null,
  ...more,
});

export const decide = (
  person: Person,
  kind: string,
  period: Decision['period'],
  more: Partial<Decision> = {},
) => person.call('retention.decide', { kind, decision: approved(period, more), note: '' });

type Names = readonly [string, string];

/** A case taken on and settled in a year. */
export async function aSettledCase(
  person: Person,
  year: number,
  names: Names,
  more: Record<string, unknown> = {},
): Promise<Saved> {
  const mediation = aMediation()
    .accepted(`${year}-03-01`)
    .between(...names)
    .agreed(`${year}-03-10`)
    .with(more);
  return person.save(mediation);
}

/** Filed at the end of the year. */
export const fileIt = (person: Person, id: string, year: number): Promise<Saved> =>
  person.call('ledger.act', { id, action: 'archive', record: { archivedOn: `${year}-12-20` } });

export async function aFile(
  person: Person,
  year: number,
  names: Names,
  more: Record<string, unknown> = {},
): Promise<Saved> {
  const { id } = await aSettledCase(person, year, names, more);
  return fileIt(person, id, year);
}

export const toApprove = {
  authority: '金塔县档案局',
  letterNo: '金档发〔2025〕3号',
  approvedOn: '2025-06-27',
};
export const opinion = '保管期限已满，无继续保存价值';
