import type { Sentences } from './errors.ts';
import { destructionText } from './retention.ts';

type Code =
  | 'retention-kind-unknown'
  | 'retention-no-basis'
  | 'retention-days'
  | 'retention-until'
  | 'file-not-due'
  | 'file-sealed'
  | 'file-obstructed'
  | 'destruction-unknown'
  | 'destruction-state'
  | 'destruction-empty'
  | 'destruction-own'
  | 'supervisor-involved'
  | 'destruction-carrier'
  | 'destroyed-unkept'
  | 'destruction-supervisors'
  | 'destruction-letter'
  | 'destruction-hindered';

/** Sentences of periods of keeping, review and destruction. */
export const retentionSentences: Pick<Sentences, Code> = {
  'retention-kind-unknown': ({ kind }, reads) =>
    `归档范围里没有“${kind}”。请${reads('刷新保管期限表后再选', '用命令 retention periods 查看种类代码')}。`,
  'retention-no-basis': ({ title, isUnset }) =>
    isUnset
      ? `撤回“${title}”的保管期限要写明理由，没有保存。请填写“说明”。`
      : `“${title}”的保管期限没有保存：请填写批准的档案主管部门、批准文号和批准日期（档案法实施条例第十九条）。`,
  'retention-days': ({ title, isTurned }) =>
    `“${title}”的保管期限没有保存：${isTurned ? '适用的起止日期前后颠倒' : '批准日期晚于今天'}。请改正后再保存。`,
  'retention-until': ({ until }) => `新的到期日 ${until} 不晚于今天，没有延长。请填写今天以后的日期。`,
  'file-not-due': ({ title }) =>
    `“${title}”的保管期限没有满，或者没有批准的期限，没有办理。请刷新到期鉴定清单后再选。`,
  'file-sealed': ({ number, isMinor }) =>
    isMinor
      ? `“${number}”是依法封存的未成年人记录，保管期限满了也要继续封存保存，不能列入销毁清册（关于未成年人犯罪记录封存的实施办法、预防未成年人犯罪法第五十九条）。这一次选的都没有办理，请去掉它。`
      : `“${number}”已封存，内容不能逐件鉴定，不能列入销毁清册。确需销毁的，先由两人按规定解除封存，再鉴定、列入。这一次选的都没有办理，请去掉它。`,
  'file-obstructed': ({ title, why }) =>
    `“${title}”${why}，不能列入销毁清册，这一次选的都没有列入。请去掉它，或者办妥后再列。`,
  'destruction-unknown': ({ id }) => `没有这份销毁清册（${id}）。请刷新清册目录。`,
  'destruction-state': ({ number, state }) =>
    `“${number}”现在是“${destructionText.states[state] ?? ''}”，不能这样办理。请刷新后再看。`,
  'destruction-empty': ({ number }) => `“${number}”里没有待销毁的案卷，不用批准。请先列入案卷。`,
  'destruction-own': ({ number }) => `“${number}”里有您列入的案卷，不能由您批准。请另一位负责人登录后批准。`,
  'supervisor-involved': ({ name }) =>
    `“${name}”经办过这份清册，不能当监销人，没有销毁。请改填两个没有经办的人后再办理。`,
  'destruction-carrier': ({ number }) =>
    `“${number}”里有您列入的案卷，不能由您销毁，没有销毁。请批准人或者另一位有权的人登录后办理。`,
  'destroyed-unkept': ({ file }) =>
    `销毁记载写不进“${file}”，恢复旧备份时已销毁的案卷会又出现，所以没有办理，台账没有改动。请检查数据文件夹能不能写入、磁盘有没有空间，再重新办理。`,
  'destruction-supervisors': () => '监销人要填写两个不同的人，没有销毁。请改正后再办理。',
  'destruction-letter': ({ day }) => `批准日期 ${day} 晚于今天，没有批准。请核对批准文件上的日期。`,
  'destruction-hindered': ({ number, file, why }) =>
    `“${number}”没有批准：“${file}”${why}。请把它移出清册，需要销毁的重新鉴定后再列入。`,
};
