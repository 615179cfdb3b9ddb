import { code, day, money, text } from '#shared/kinds/fields.ts';
import { after, describeLedger, type RecordOf } from './describe.ts';
import type { Workflow } from './workflow.ts';

const rateWorkflow: Workflow<'active' | 'voided'> = {
  initial: 'active',
  states: {
    active: { label: '有效', tone: 'success' },
    voided: { label: '已作废', tone: 'error', isClosed: true, isUncounted: true },
  },
  steps: [{ from: ['active'], action: 'void', to: 'voided', label: '作废', requires: ['voidReason'] }],
};

/**
 * 以案定补标准. What a county pays for a case, by its difficulty, result and form of agreement, from a day on
 * (人民调解法 arts. 6, 16; the amounts are the county's own). An empty condition fits every case.
 */
export const subsidyRate = describeLedger({
  name: 'subsidyRate',
  table: 'subsidy_rate',
  title: '以案定补标准',
  noun: '补贴标准',
  workflow: rateWorkflow,
  sections: { basic: '标准', file: '其他' },
  fields: {
    name: text({ label: '名称', section: 'basic', required: true, max: 60, search: 'text' }),
    validFrom: day({
      label: '施行日期',
      section: 'basic',
      required: true,
      list: 110,
      sort: true,
      filter: true,
    }),
    validTo: day({ label: '截止日期', section: 'basic', list: 110 }),
    difficulty: code({
      label: '难易程度',
      section: 'basic',
      codes: 'difficulty',
      list: 110,
      sort: true,
      filter: true,
    }),
    outcome: code({ label: '调解结果', section: 'basic', codes: 'outcome', list: 120 }),
    agreementForm: code({ label: '协议类型', section: 'basic', codes: 'agreementForm', list: 110 }),
    amountFen: money({ label: '每件补贴（元）', section: 'basic', required: true, list: 130, sort: true }),
    basis: text({ label: '文件依据', section: 'file', max: 120 }),
    voidReason: text({ label: '作废原因', section: 'file', max: 200 }),
  },
  children: {},
  rules: [
    after('validFrom', 'validTo'),
    {
      rule: 'apart',
      conditions: ['difficulty', 'outcome', 'agreementForm'],
      from: 'validFrom',
      to: 'validTo',
    },
  ],
  changedBy: 'rules.confirm',
  headline: { field: 'name' },
  day: 'validFrom',
});

export type SubsidyRate = RecordOf<typeof subsidyRate>;

type Rated = { concludedOn?: unknown; difficulty?: unknown; outcome?: unknown; agreementForm?: unknown };
type Rate = Pick<
  SubsidyRate,
  'validFrom' | 'validTo' | 'difficulty' | 'outcome' | 'agreementForm' | 'amountFen'
>;

/**
 * The standard that a case falls under: in force on the day it was concluded, every condition met; the one with the
 * most conditions goes before, then the one in force since later. Null where none fits.
 */
export function rateFor<R extends Rate>(rates: readonly R[], record: Rated): R | null {
  const on = String(record.concludedOn ?? '');
  if (on === '') return null;
  const conditions = ['difficulty', 'outcome', 'agreementForm'] as const;
  const weight = (rate: R) => conditions.filter((name) => rate[name]).length;
  const fitting = rates.filter(
    (rate) =>
      rate.validFrom <= on &&
      on <= (rate.validTo ?? on) &&
      conditions.every((name) => !rate[name] || rate[name] === record[name]),
  );
  fitting.sort((left, right) => weight(right) - weight(left) || (left.validFrom < right.validFrom ? 1 : -1));
  return fitting[0] ?? null;
}
