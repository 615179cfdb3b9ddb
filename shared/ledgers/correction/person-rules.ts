import { after, type FieldRule, within } from '../describe.ts';
import type { LegalRule } from '../legal-rules.ts';
import type { Condition } from '../workflow.ts';
import { filled, is, mostOfOnePenalty, mostOfPenalties } from './common.ts';
import { endsOf } from './person-workflow.ts';

const term = (when: readonly Condition[], limits: Pick<Spanned, 'least' | 'leastIn' | 'most'>, why: string) =>
  ({ rule: 'lasts', from: 'termFrom', to: 'termTo', when, why, ...limits }) as const;
type Spanned = Extract<LegalRule, { rule: 'lasts' }>;

const control = is('category', '01');
const probation = is('category', '02');
const parole = is('category', '03');
const isCombined = is('isCombined', 'true');
const isAlone: Condition = { field: 'isCombined', notIn: ['true'] };

/** How long each category lasts (刑法 arts. 38, 69, 73, 83), and what of a record can only be within the term. */
export const termRules: readonly FieldRule[] = [
  after('termFrom', 'termTo'),
  after('termTo', 'penaltyTo'),
  term(
    [control, isAlone],
    { most: 24 },
    '管制的期限为三个月以上二年以下（刑法第三十八条），请核对矫正期限；数罪并罚的请填写“数罪并罚”。',
  ),
  term(
    [control, isCombined],
    { most: 36 },
    '数罪并罚的管制最高不能超过三年（刑法第六十九条），请核对矫正期限。',
  ),
  {
    ...term(
      [control],
      { least: 3 },
      '管制的期限为三个月以上二年以下（刑法第三十八条）；羁押折抵以后短于三个月的不用改，否则请核对。',
    ),
    isWarning: true,
  },
  term(
    [probation, is('penalty', '04')],
    { least: 2, most: 12 },
    '拘役的缓刑考验期限不能少于二个月，为一年以下（刑法第七十三条），请核对矫正期限。',
  ),
  term(
    [probation, is('penalty', '03')],
    { least: 12, most: 60 },
    '有期徒刑的缓刑考验期限为五年以下，不能少于一年（刑法第七十三条），请核对矫正期限。',
  ),
  {
    rule: 'lasts',
    from: 'termFrom',
    to: 'termTo',
    when: [probation],
    least: 2,
    most: 60,
    why: '缓刑考验期限最短二个月、最长五年（刑法第七十三条），请核对矫正期限。',
  },
  {
    ...term(
      [probation],
      { leastIn: 'penaltyMonths' },
      '缓刑考验期限在原判刑期以上（刑法第七十三条）；缓刑期间已减刑的不用改，否则请核对。',
    ),
    isWarning: true,
  },
  term(
    [parole, is('penalty', '02')],
    { most: 120 },
    '无期徒刑的假释考验期限为十年（刑法第八十三条），请核对矫正期限。',
  ),
  {
    ...term(
      [parole, is('penalty', '02')],
      { least: 120 },
      '无期徒刑的假释考验期限为十年（刑法第八十三条），请核对矫正期限。',
    ),
    isWarning: true,
  },
  {
    rule: 'atMost',
    field: 'penaltyMonths',
    most: 36,
    when: [probation],
    why: '缓刑适用于被判处拘役、三年以下有期徒刑的犯罪分子（刑法第七十二条），请核对刑期或者矫正类别。',
  },
  ...mostOfOnePenalty,
  ...mostOfPenalties,
  after('termFrom', 'injunctionFrom'),
  after('injunctionFrom', 'injunctionTo'),
  after('injunctionTo', 'termTo'),
  // 矫正期满的应当解除，社区矫正法第四十四条
  after('termTo', 'endedOn', [is('endKind', 'expired')]),
  within(
    'termTo',
    'endedOn',
    0,
    '矫正期满应当解除矫正（社区矫正法第四十四条），一般在期满之日办理，请核对。',
    [is('endKind', ...endsOf.released)],
  ),
  {
    rule: 'hasRow',
    child: 'members',
    row: [is('sex', '2')],
    when: [is('sex', '2')],
    why: '社区矫正对象为女性的，矫正小组中应有女性成员（社区矫正法第二十五条），请核对成员及其性别。',
  },
  {
    rule: 'hasRow',
    child: 'members',
    row: [is('knowsMinors', 'true')],
    when: [is('isMinorAtStart', 'true')],
    why: '未成年社区矫正对象的矫正小组，应吸收熟悉未成年人身心特点的人员（社区矫正法第五十二条），请核对成员。',
  },
  {
    rule: 'needs',
    field: 'receivedOn',
    when: [is('endKind', ...endsOf.released, ...endsOf.terminated, ...endsOf.movedOut)],
    why: '解除、终止、迁出的应当已经接收登记（社区矫正法第二十二条）；没有接收就撤销、收监或者死亡的，结束类型选“未接收终结”。',
  },
  { rule: 'excludes', field: 'endKind', in: endsOf.notReceived, filled: ['receivedOn'] },
  {
    rule: 'needs',
    field: 'sex',
    when: [filled('receivedOn')],
    why: '接收登记应当核实身份（社区矫正法第二十二条），在册人数按性别统计。',
  },
  {
    rule: 'decidedBy',
    level: 'county',
    field: 'receivedOn',
    paper: 'fileNo',
    when: [],
    why: '接收社区矫正对象、建立档案由县级社区矫正机构办理（社区矫正法第二十二条、实施办法第十七条）。',
  },
];
