import { code, count, credit, day, division, identity, phone, text } from '#shared/kinds/fields.ts';
import type { PersonSpec } from './persons.ts';

/** 当事人, as the provincial exchange record has it (AJDSR): natural and legal persons and other organisations. */
export const partyFields = {
  side: code({ label: '当事人地位', codes: 'partySide', required: true }),
  type: code({ label: '当事人类型', codes: 'partyType', required: true }),
  name: text({ label: '姓名（名称）', max: 60, isName: true, required: true, search: 'name', veil: 'name' }),
  formerName: text({
    label: '曾用名',
    max: 60,
    isName: true,
    search: 'name',
    veil: 'name',
    when: { field: 'type', in: ['natural'] },
  }),
  idType: code({ label: '证件类型', codes: 'idType', when: { field: 'type', in: ['natural'] } }),
  idNumber: identity({
    label: '证件号码',
    search: 'text',
    when: { field: 'type', in: ['natural'] },
    reasonIn: 'idNumberReason',
  }),
  creditCode: credit({
    label: '统一社会信用代码',
    search: 'text',
    when: { field: 'type', in: ['legal', 'other'] },
    reasonIn: 'idNumberReason',
  }),
  idNumberReason: text({ label: '号码存疑理由', max: 100, hint: '号码未通过校验而仍需保留时填写' }),
  sex: code({ label: '性别', codes: 'sex', when: { field: 'type', in: ['natural'] } }),
  birthOn: day({
    label: '出生日期',
    earliest: '1850-01-01',
    notFuture: true,
    veil: 'day',
    when: { field: 'type', in: ['natural'] },
  }),
  age: count({
    label: '年龄',
    most: 150,
    when: { field: 'type', in: ['natural'] },
    hint: '无身份证件时填写',
  }),
  nation: code({ label: '民族', codes: 'nation', when: { field: 'type', in: ['natural'] } }),
  legalRepresentative: text({
    label: '法定代表人（负责人）',
    max: 60,
    isName: true,
    search: 'name',
    veil: 'name',
    when: { field: 'type', in: ['legal', 'other'] },
  }),
  position: text({ label: '职业（职务）', max: 40 }),
  phone: phone({ label: '联系电话', search: 'text' }),
  divisionCode: division({ label: '所在区划' }),
  address: text({ label: '住址（住所）', max: 120, search: 'text', veil: 'address' }),
  agentName: text({ label: '委托代理人', max: 40, isName: true, search: 'name', veil: 'name' }),
  agentIdNumber: identity({ label: '代理人身份证号', search: 'text', reasonIn: 'idNumberReason' }),
  agentPhone: phone({ label: '代理人电话', search: 'text' }),
  agentAuthority: code({ label: '代理权限', codes: 'agentAuthority' }),
} as const;

/**
 * Who the rows of parties are: the party, who acts for an organisation, and the agent. An agent is on nobody's side: a
 * lawyer who acts for an applicant today and a respondent tomorrow is nothing to be warned of. Within one case it is.
 */
export const partyPersons = (child: string): PersonSpec[] => [
  {
    child,
    as: '当事人',
    side: 'side',
    fields: {
      kind: 'type',
      name: 'name',
      formerName: 'formerName',
      idType: 'idType',
      idNumber: 'idNumber',
      creditCode: 'creditCode',
      doubt: 'idNumberReason',
      sex: 'sex',
      birthOn: 'birthOn',
      nation: 'nation',
      phone: 'phone',
      divisionCode: 'divisionCode',
      address: 'address',
      position: 'position',
      legalRepresentative: 'legalRepresentative',
    },
  },
  { child, as: '法定代表人（负责人）', side: 'side', fields: { name: 'legalRepresentative' } },
  {
    child,
    as: '委托代理人',
    actsFor: 'side',
    fields: { name: 'agentName', idNumber: 'agentIdNumber', phone: 'agentPhone' },
  },
];
