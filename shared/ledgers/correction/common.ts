import { birthOf, sexOf } from '#shared/domain/minors.ts';
import { code, count, day, division, identity, phone, text } from '#shared/kinds/fields.ts';
import type { Derived, FieldRule } from '../describe.ts';
import type { LegalRule } from '../legal-rules.ts';
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

const alone: Condition = { field: 'isCombined', notIn: ['true'] };
const term = (penalty: string, most: number, why: string, ...when: Condition[]): LegalRule => ({
  rule: 'atMost',
  field: 'penaltyMonths',
  most,
  when: [{ field: 'penalty', in: [penalty] }, ...when],
  why: `${why}，请核对原判刑罚和刑期。`,
});

/** The longest that each penalty may be when several crimes are punished together (刑法 69), and that no number of months goes with the two that have none. */
export const mostOfPenalties: readonly FieldRule[] = [
  term('05', 36, '数罪并罚的管制最高不能超过三年（刑法第六十九条）'),
  term('04', 12, '数罪并罚的拘役最高不能超过一年（刑法第六十九条）'),
  term('03', 300, '数罪并罚的有期徒刑最高不能超过二十五年（刑法第六十九条）'),
  { rule: 'excludes', field: 'penalty', in: ['01', '02'], filled: ['penaltyMonths'] },
];
/** The longest for one crime (刑法 38, 42, 45), where the record says that it is one. */
export const mostOfOnePenalty: readonly FieldRule[] = [
  term('05', 24, '管制的期限为三个月以上二年以下（刑法第三十八条），数罪并罚的请填写“数罪并罚”', alone),
  term('04', 6, '拘役的期限为一个月以上六个月以下（刑法第四十二条），数罪并罚的请填写“数罪并罚”', alone),
  term(
    '03',
    180,
    '有期徒刑的期限为六个月以上十五年以下（刑法第四十五条），数罪并罚的请填写“数罪并罚”',
    alone,
  ),
];

export const filled = (field: string): Condition => ({ field, filled: true });
export const empty = (field: string): Condition => ({ field, filled: false });
export const is = (
  field: string,
  ...values: string[]
): { readonly field: string; readonly in: string[] } => ({
  field,
  in: values,
});
