import type { RecordContent } from '#shared/api/types.ts';
import { code, day, flag, phone, text } from '#shared/kinds/fields.ts';
import { after, type Derived, type FieldRule, usuallyAfter } from '../describe.ts';
import type { AroundRecord } from '../rules.ts';

/**
 * Reporting in (社区矫正法 art. 21), registration (22), and what becomes of somebody who does not come (30; 实施办法 arts. 34,
 * 35, 46, 47).
 */
const section = 'intake';

export const intakeFields = {
  reportedOn: day({ label: '报到日期', section, notFuture: true }),
  receivedWay: code({ label: '接收方式', section, codes: 'receivedWay' }),
  reportNoticeNo: text({ label: '报到情况通知单文号', section, max: 60 }),
  reportResult: code({
    label: '报到情况',
    section,
    codes: 'reportResult',
    derived: true,
    hint: '由程序按报到期限得出',
  }),
  reportDueOn: day({
    label: '应报到日期',
    section,
    derived: true,
    hint: '报到期限届满之日，由程序算出',
  }),
  lateReason: text({
    label: '未按时报到情况',
    section,
    max: 200,
    veil: 'text',
    when: { field: 'reportResult', in: ['02', '03'] },
  }),
  searchedOn: day({
    label: '组织查找日期',
    section,
    notFuture: true,
    hint: '没有报到的，立即组织查找（社区矫正法第三十条）',
  }),
  searchNote: text({ label: '查找情况', section, max: 300, veil: 'text' }),
  lateExcuse: text({
    label: '未按时报到的正当理由',
    section,
    max: 200,
    veil: 'text',
    hint: '经核实有正当理由的写明，写明以后不再提醒训诫、警告和提请撤销（刑诉法解释第五百四十三条）',
  }),
  lateAdmonishedOn: day({
    label: '未按时报到训诫日期',
    section,
    notFuture: true,
    hint: '不按时报到未超过十日的，给予训诫（实施办法第三十四条），另在考核奖惩中登记',
  }),
  lateWarnedOn: day({
    label: '未按时报到警告日期',
    section,
    notFuture: true,
    hint: '不按时报到超过十日的，给予警告（实施办法第三十五条），另在考核奖惩中登记',
  }),
  lateProposedOn: day({
    label: '未按时报到提请撤销日期',
    section,
    notFuture: true,
    hint: '不按时报到超过一个月的，提请撤销缓刑、假释（实施办法第四十六条、第四十七条），另在考核奖惩中登记',
  }),
  receivedOn: day({
    label: '接收登记日期',
    section,
    notFuture: true,
    list: 120,
    sort: true,
    filter: true,
  }),
  exitBanOn: day({ label: '不准出境报备日期', section, notFuture: true }),
  exitPapers: code({ label: '出入境证件', section, codes: 'exitPapers', optional: true }),
  isMinorAtStart: flag({ label: '接收时未满18周岁', section, derived: true }),
  guardianName: text({
    label: '监护人',
    section,
    max: 40,
    isName: true,
    veil: 'name',
    when: { field: 'isMinorAtStart', in: ['true'] },
  }),
  guardianPhone: phone({
    label: '监护人电话',
    section,
    when: { field: 'isMinorAtStart', in: ['true'] },
  }),
} as const;

/**
 * The period to report in; null where nobody reports in here: who is under 暂予监外执行 is handed over (社区矫正法 art. 21), and
 * who moved in reported in where he came from (实施办法 art. 31 gives him seven days, which the former place counts).
 */
function reportPeriod(record: RecordContent, around: AroundRecord) {
  if (record.category === '04' || record.entry === 'movedIn') return null;
  return around.periodOf?.('correction.report', record);
}

export const intakeDerives: readonly Derived[] = [
  {
    field: 'reportResult',
    of: (record, around) => {
      if (record.category === '04') return null;
      const period = reportPeriod(record, around);
      if (period === undefined) return undefined;
      const { reportedOn, searchedOn } = record;
      if (typeof reportedOn === 'string' && period !== null) return reportedOn <= period.until ? '01' : '02';
      return typeof searchedOn === 'string' && !reportedOn ? '03' : null;
    },
  },
  {
    field: 'reportDueOn',
    of: (record, around) => {
      const period = reportPeriod(record, around);
      return period === undefined ? undefined : (period?.until ?? null);
    },
  },
];

export const intakeRules: readonly FieldRule[] = [
  after('decidedOn', 'reportedOn'),
  usuallyAfter('effectiveOn', 'reportedOn'),
  after('reportedOn', 'receivedOn'),
  after('effectiveOn', 'lateAdmonishedOn'),
  after('effectiveOn', 'lateWarnedOn'),
  after('effectiveOn', 'lateProposedOn'),
  usuallyAfter('searchedOn', 'reportedOn'),
];
