import type { AnswerOutcome, SealKind } from '../domain/sealing.ts';
import { shortInstant } from './words.ts';

/** Words of the level above as the second of two for what is sealed. */
export const answerNames: Readonly<Record<AnswerOutcome, string>> = { granted: '同意', refused: '不同意' };

const sealed: Readonly<Record<SealKind, string>> = { seal: '已封存', unseal: '已解除封存，内容回到台账' };

export const aboveText = {
  ask: '请上级确认',
  askAgain: '重写申请文件',
  askOf: (number: string) => `请上级确认：${number}`,
  askTitle: '封存申请文件存到哪里',
  askName: (number: string) => `封存申请-${number}`,
  askSure: (unit: string) =>
    `将写一份签名的申请文件，由“${unit}”确认。文件里的申请人、编号和理由已加密，只有“${unit}”能看。请用 U 盘送去，并在电话里核对“核对码”。`,
  sealSure: (unit: string) =>
    `由上级确认封存的，第二把钥匙从此由“${unit}”掌握（恢复密钥另存一份）：以后没有它的答复文件，本单位不能解除封存；有单位来查询的，也要先请它同意解除。`,
  written: (file: string, code: string) => `申请文件已存为“${file}”。核对码：${code}`,
  waitingOf: (number: string, waiting: string) => `${number}：${waiting}。`,
  notes: (notes: readonly string[]) => notes.join('；'),
  waiting: (unit: string, code: string, until: string) =>
    `已请${unit}确认，核对码 ${code}，${shortInstant(until)}前有效`,
  waitingOver: (unit: string, until: string) =>
    `请${unit}确认的申请文件已过期（${shortInstant(until)}前有效），请重写一份交上级`,
  take: '读取上级答复',
  takeTitle: '选择上级的答复文件',
  taken: (kind: SealKind, number: string, { unit, by }: { unit: string; by: string }) =>
    `${unit}（${by}）同意，${number} ${sealed[kind]}。`,
  refused: (number: string, { unit, by, reason }: { unit: string; by: string; reason: string }) =>
    `${unit}（${by}）不同意，${number} 没有变动。理由：${reason}`,
  aloneButAbove: (unit: string) =>
    `本单位目前没有另一个可以确认的账号（负责人或者管理员）。申请提交后，可以“请上级确认”，由${unit}作第二个账号；答复查询须另设账号。`,
  lockedNote: '第二把钥匙在上级',
  locked: (numbers: readonly string[]) =>
    `下列封存记录的第二把钥匙在上级，本单位不能单独核对是否与被查询人有关：${numbers.join('、')}。请先申请解除封存、由上级确认后再核对。`,

  title: '下级的封存申请',
  hint: '下级没有另一个可以确认的账号时，由本单位作第二个账号。读取申请文件，和对方在电话里核对“核对码”，再决定。双方都记入操作日志。',
  noCard: '下级要先登记本单位的名片。名片由安全管理人员在“账号”里导出，交给下级。',
  read: '读取下级申请文件',
  readTitle: '选择下级的封存申请文件',
  asks: (unit: string, kind: string, number: string) => `${unit}申请${kind}：${number}`,
  facts: {
    unit: '申请单位',
    account: '申请人',
    what: '记录',
    basis: '依据',
    reason: '理由',
    appliedAt: '申请时间',
    validUntil: '有效期到',
    key: '单位签名',
  },
  signedBy: {
    first: '第一次收到这个单位的申请，没有以前的签名可比，请务必核对“核对码”。',
    same: '与这个单位以前的申请一致。',
    other: '与这个单位以前的申请不一致（可能恢复过或者换了电脑）。请先打电话问清原因，再核对“核对码”。',
  },
  isOver: '这份申请已过期，不能答复。请对方重新写一份。',
  decided: (outcome: AnswerOutcome, at: string, by: string) =>
    `${shortInstant(at)} ${by} 已答复“${answerNames[outcome]}”；答复文件丢了的，可以照原答复再写一份。`,
  decidedThen: (outcome: AnswerOutcome, at: string, by: string) =>
    `${shortInstant(at)} ${by} 已答复“${answerNames[outcome]}”。`,
  code: '核对码',
  codeHint: '请对方在电话里读出',
  outcome: '答复',
  chooseOutcome: '请选择',
  answerReason: '答复理由',
  answerReasonHint: '记入双方的操作日志，不要写当事人姓名。',
  answer: '写答复文件',
  answerTitle: '答复文件存到哪里',
  answerName: (unit: string) => `封存申请答复-${unit}`,
  answered: (unit: string, number: string, file: string) => `已答复${unit}的申请：${number}，存为“${file}”。`,
  list: '答复过的下级申请',
  noAnswers: '还没有答复过下级的封存申请。',
  askedAt: '申请时间',
  people: '申请／答复',
} as const;
