import { birthOf, sexOf } from '#shared/domain/minors.ts';
import { code, count, day, division, identity, phone, text } from '#shared/kinds/fields.ts';
import type { Derived } from '../describe.ts';
import type { PersonSpec } from '../persons.ts';
import type { Condition } from '../workflow.ts';

/** Who somebody is, as every register of community correction keeps it. */
export const whoFields = (section: string) =>
  ({
    name: text({
      label: '姓名',
      section,
      max: 40,
      isName: true,
      required: true,
      search: 'name',
      veil: 'name',
    }),
    formerName: text({ label: '曾用名', section, max: 40, isName: true, search: 'name', veil: 'name' }),
    idType: code({ label: '证件类型', section, codes: 'idType' }),
    idNumber: identity({ label: '证件号码', section, search: 'text', reasonIn: 'idNumberReason' }),
    idNumberReason: text({
      label: '号码存疑理由',
      section,
      max: 100,
      hint: '号码未通过校验而仍需保留时填写',
    }),
    sex: code({ label: '性别', section, codes: 'sex', list: 70, filter: true }),
    birthOn: day({ label: '出生日期', section, earliest: '1850-01-01', notFuture: true, veil: 'day' }),
    nation: code({ label: '民族', section, codes: 'nation' }),
    phone: phone({ label: '联系电话', section, search: 'text' }),
    divisionCode: division({ label: '居住地区划', section }),
    address: text({ label: '居住地', section, max: 120, search: 'text', veil: 'address' }),
    registeredAddress: text({ label: '户籍地', section, max: 120, veil: 'address' }),
    workplace: text({ label: '工作单位（学校）', section, max: 80, veil: 'text' }),
  }) as const;

/** Sex and birth as the identity number says, where nobody filled them in. */
export const whoDerives: readonly Derived[] = [
  { field: 'sex', of: (who) => (who.sex ? undefined : (sexOf(who) ?? undefined)) },
  { field: 'birthOn', of: (who) => (who.birthOn ? undefined : (birthOf(who) ?? undefined)) },
];

export const personFields: PersonSpec['fields'] = {
  name: 'name',
  formerName: 'formerName',
  idType: 'idType',
  idNumber: 'idNumber',
  doubt: 'idNumberReason',
  sex: 'sex',
  birthOn: 'birthOn',
  nation: 'nation',
  phone: 'phone',
  divisionCode: 'divisionCode',
  address: 'address',
};

/** The crime as the court named it; its type follows from the article. */
export const crimeFields = (section: string) =>
  ({
    charge: text({
      label: '罪名（案由）',
      section,
      max: 60,
      search: 'text',
      hint: '数罪的写主要的在前',
    }),
    chargeArticle: text({
      label: '罪名条文',
      section,
      max: 20,
      hint: '刑法分则条文，如 264、133之一',
    }),
    crimeType: code({
      label: '犯罪类型',
      section,
      codes: 'crimeType',
      derived: true,
      hint: '由罪名条文得出',
    }),
    penalty: code({ label: '原判刑罚', section, codes: 'originalPenalty' }),
    penaltyMonths: count({ label: '原判刑期（月）', section, min: 1, most: 300 }),
    extraPenalty: code({ label: '附加刑', section, codes: 'extraPenalty' }),
    judgedBy: text({ label: '判决机关', section, max: 60 }),
    judgedOn: day({ label: '判决日期', section, notFuture: true }),
  }) as const;

/**
 * What each category can follow from: 管制 is a penalty of its own (刑法 38), 缓刑 of 拘役 or 有期徒刑 (72), 假释 of 有期徒刑 or
 * 无期徒刑 (81; a suspended death sentence may have become one), 暂予监外执行 of the three (刑事诉讼法 265).
 */
export const penaltiesFor = {
  '01': ['05'],
  '02': ['03', '04'],
  '03': ['01', '02', '03'],
  '04': ['02', '03', '04'],
} as const;

export const filled = (field: string): Condition => ({ field, filled: true });
export const empty = (field: string): Condition => ({ field, filled: false });
export const is = (
  field: string,
  ...values: string[]
): { readonly field: string; readonly in: string[] } => ({
  field,
  in: values,
});
