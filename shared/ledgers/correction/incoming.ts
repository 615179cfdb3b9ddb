import type { RecordContent } from '#shared/api/types.ts';
import { flag, text } from '#shared/kinds/fields.ts';
import type { Derived } from '../describe.ts';
import { is } from './common.ts';

/**
 * The legal papers that the deciding organ serves (社区矫正法 art. 20; 刑诉法解释 art. 519: 判决书、裁定书、决定书、执行通知书等):
 * which of them came in, ticked one by one. What is missing is said as soon as ticking has begun.
 */
const section = 'incoming';

export const incomingFields = {
  hasJudgment: flag({ label: '判决书', section }),
  hasRuling: flag({ label: '裁定书', section, when: is('category', '03') }),
  hasDecision: flag({ label: '决定书', section, when: is('category', '04') }),
  hasExecutionNotice: flag({ label: '执行通知书', section }),
  hasIndictment: flag({ label: '起诉书副本', section }),
  hasClosingForm: flag({ label: '结案登记表', section }),
  hasTransferLetter: flag({ label: '执行地变更函', section, when: is('entry', 'movedIn') }),
  missingPapers: text({
    label: '还缺的法律文书',
    section,
    max: 100,
    derived: true,
    hint: '由程序按矫正类别得出：社区矫正法第二十条；缺的通知补齐：实施办法第十六条',
  }),
} as const;

type IncomingPaper = Exclude<keyof typeof incomingFields, 'missingPapers'>;
const ticks = Object.keys(incomingFields).filter((name) => name !== 'missingPapers') as IncomingPaper[];

/** What must have come in for each category; the copy of the indictment and the closing form are served where there are any. */
const neededFor: Readonly<Record<string, readonly IncomingPaper[]>> = {
  '01': ['hasJudgment', 'hasExecutionNotice'],
  '02': ['hasJudgment', 'hasExecutionNotice'],
  '03': ['hasRuling', 'hasExecutionNotice'],
  '04': ['hasDecision'],
};

/** The papers that are still missing, by their names; null where nobody has begun to tick, or none is. */
function missingPapers(content: RecordContent): string | null {
  const hasBegun = ticks.some((name) => typeof content[name] === 'boolean');
  if (!hasBegun) return null;
  const needed = [
    ...(neededFor[String(content.category)] ?? []),
    ...(content.entry === 'movedIn' ? (['hasTransferLetter'] as const) : []),
  ];
  const missing = needed.filter((name) => content[name] !== true);
  return missing.length === 0 ? null : missing.map((name) => incomingFields[name].label).join('、');
}

export const incomingDerives: readonly Derived[] = [{ field: 'missingPapers', of: missingPapers }];
