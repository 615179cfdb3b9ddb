import { code, day, division, identity, phone, ref, text } from '#shared/kinds/fields.ts';
import { after, describeLedger } from './describe.ts';
import type { Workflow } from './workflow.ts';

/** Base data: in use until it ends. */
function standing(ended: string, endedOn: string): Workflow<'active' | 'ended' | 'voided'> {
  return {
    initial: 'active',
    states: {
      active: { label: '在册', tone: 'success' },
      ended: { label: ended, tone: 'default' },
      voided: { label: '已作废', tone: 'error', isClosed: true, isUncounted: true },
    },
    steps: [
      {
        from: ['active'],
        action: 'settleEnded',
        to: 'ended',
        label: ended,
        requires: [],
        auto: [{ field: endedOn, filled: true }],
      },
      {
        from: ['ended'],
        action: 'settleActive',
        to: 'active',
        label: '恢复',
        requires: [],
        auto: [{ field: endedOn, filled: false }],
      },
      { from: ['active', 'ended'], action: 'void', to: 'voided', label: '作废', requires: ['voidReason'] },
    ],
  };
}

/** 人民调解组织. The county counts them and tells the court their members: 人民调解法 art. 10. */
export const committee = describeLedger({
  name: 'committee',
  table: 'committee',
  title: '人民调解组织名册',
  noun: '调解组织',
  workflow: standing('已撤销', 'dissolvedOn'),
  sections: { basic: '基本情况', contact: '联系方式', file: '存续' },
  fields: {
    name: text({ label: '名称', section: 'basic', max: 80, required: true, search: 'name' }),
    shortName: text({
      label: '简称（用于案号）',
      section: 'basic',
      max: 20,
      lettersOnly: true,
      hint: '只用汉字或字母，不写时用本单位的简称',
    }),
    kind: code({
      label: '组织类型',
      section: 'basic',
      codes: 'committeeKind',
      required: true,
      list: 150,
      sort: true,
      filter: true,
    }),
    industryKind: code({
      label: '行业专业类别',
      section: 'basic',
      codes: 'industryKind',
      when: { field: 'kind', in: ['industry'] },
    }),
    stationedAt: code({ label: '派驻单位', section: 'basic', codes: 'stationedAt' }),
    divisionCode: division({ label: '所在区划', section: 'basic' }),
    establishedOn: day({
      label: '成立日期',
      section: 'basic',
      required: true,
      notFuture: true,
      list: 110,
      sort: true,
      filter: true,
    }),
    reportedToCourtOn: day({
      label: '通报法院日期',
      section: 'basic',
      notFuture: true,
      list: 120,
      hint: '人民调解法第十条',
    }),
    head: text({ label: '主任（负责人）', section: 'contact', max: 40, list: 120, search: 'name' }),
    phone: phone({ label: '联系电话', section: 'contact', search: 'text', veil: 'none' }),
    address: text({ label: '地址', section: 'contact', max: 120, search: 'text' }),
    dissolvedOn: day({ label: '撤销日期', section: 'file', notFuture: true }),
    voidReason: text({ label: '作废原因', section: 'file', max: 200 }),
  },
  children: {},
  rules: [
    after('establishedOn', 'dissolvedOn'),
    { rule: 'single', field: 'shortName', orUnit: true },
    { rule: 'alike', fields: ['name'] },
  ],
  headline: { field: 'name' },
  isSmall: true,
  day: 'establishedOn',
});

/** 人民调解员: members of a committee or persons it engages, 人民调解法 art. 13. */
export const mediator = describeLedger({
  name: 'mediator',
  table: 'mediator',
  title: '人民调解员名册',
  noun: '调解员',
  workflow: standing('已离任', 'leftOn'),
  sections: { basic: '基本情况', service: '任职', file: '离任' },
  fields: {
    name: text({ label: '姓名', section: 'basic', max: 40, isName: true, required: true, search: 'name' }),
    sex: code({ label: '性别', section: 'basic', codes: 'sex', list: 70 }),
    idNumber: identity({ label: '身份证号', section: 'basic', search: 'text' }),
    birthOn: day({
      label: '出生日期',
      section: 'basic',
      earliest: '1850-01-01',
      notFuture: true,
      veil: 'day',
    }),
    nation: code({ label: '民族', section: 'basic', codes: 'nation' }),
    education: code({ label: '学历', section: 'basic', codes: 'education' }),
    politicalStatus: code({ label: '政治面貌', section: 'basic', codes: 'politicalStatus' }),
    phone: phone({ label: '联系电话', section: 'basic', search: 'text', list: 130 }),
    committeeId: ref({
      label: '所属调解组织',
      section: 'service',
      ref: 'committee',
      list: 220,
      filter: true,
    }),
    employment: code({
      label: '专职（兼职）',
      section: 'service',
      codes: 'mediatorEmployment',
      list: 100,
      sort: true,
      filter: true,
    }),
    appointedOn: day({
      label: '聘任日期',
      section: 'service',
      required: true,
      notFuture: true,
      list: 110,
      sort: true,
      filter: true,
    }),
    leftOn: day({ label: '离任日期', section: 'file', notFuture: true }),
    voidReason: text({ label: '作废原因', section: 'file', max: 200 }),
  },
  children: {},
  rules: [
    after('appointedOn', 'leftOn'),
    { rule: 'alike', fields: ['committeeId', 'name'] },
    { rule: 'alike', fields: ['committeeId', 'idNumber'] },
  ],
  persons: [
    {
      as: '人民调解员',
      fields: {
        name: 'name',
        idNumber: 'idNumber',
        sex: 'sex',
        birthOn: 'birthOn',
        nation: 'nation',
        phone: 'phone',
      },
    },
  ],
  headline: { field: 'name' },
  isSmall: true,
  day: 'appointedOn',
});
