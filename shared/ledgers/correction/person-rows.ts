import { code, day, flag, note, phone, text } from '#shared/kinds/fields.ts';
import type { ChildSpec } from '../describe.ts';

/** What a file keeps in rows: the group (社区矫正法 art. 25), the levels and the plans (arts. 3, 24), which belong to the file and are few. */
export const members = {
  title: '小组成员',
  table: 'correction_member',
  min: 0,
  fields: {
    kind: code({ label: '成员类别', codes: 'groupMember', required: true }),
    name: text({ label: '姓名', max: 40, isName: true, required: true, veil: 'name' }),
    sex: code({ label: '性别', codes: 'sex' }),
    phone: phone({ label: '联系电话' }),
    knowsMinors: flag({ label: '熟悉未成年人身心特点' }),
  },
} as const satisfies ChildSpec;

export const levels = {
  title: '分类管理',
  table: 'correction_level',
  min: 0,
  fields: {
    level: code({ label: '管理类别', codes: 'correctionLevel', required: true }),
    startedOn: day({ label: '起始日期', required: true, notFuture: true }),
    reason: text({ label: '评定依据', max: 200, veil: 'text' }),
  },
} as const satisfies ChildSpec;

export const plans = {
  title: '矫正方案',
  table: 'correction_plan',
  min: 0,
  fields: {
    madeOn: day({ label: '制定（调整）日期', required: true, notFuture: true }),
    supervision: note({ label: '监督管理措施', max: 1000 }),
    education: note({ label: '教育矫正措施', max: 1000 }),
    help: note({ label: '帮困扶助措施', max: 1000 }),
  },
} as const satisfies ChildSpec;
