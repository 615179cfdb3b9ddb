import { ledgers } from '#shared/ledgers/all.ts';
import type { Sentences } from './errors.ts';
import { answerNames } from './sealing-above.ts';
import { shortInstant } from './words.ts';

type Code =
  | 'sealing-not-ready'
  | 'sealing-no-key'
  | 'sealing-damaged'
  | 'sealing-settled'
  | 'sealing-pending'
  | 'sealing-same-account'
  | 'decider-in-hand'
  | 'sealing-file-held'
  | 'sealing-kind'
  | 'sealing-locked'
  | 'above-none'
  | 'above-applicant'
  | 'above-no-share'
  | 'above-other-lock'
  | 'above-foreign'
  | 'above-not-ours'
  | 'above-other-record'
  | 'above-forged'
  | 'above-expired'
  | 'above-decided'
  | 'above-elsewhere'
  | 'above-other-ask'
  | 'above-taken';

/** Sentences of sealing, by two accounts of the unit and with the level above as the second. */
export const sealingSentences: Pick<Sentences, Code> = {
  'sealing-not-ready': () =>
    '本台账的恢复密钥还打不开封存内容，现在封存一旦忘记密码就会丢失，所以没有受理。请先用恢复密钥登录一次，再申请封存。',
  'sealing-no-key': () =>
    '本账号还没有领到封存密钥，打不开封存内容。请让另一位能办理封存的人员登录一次（登录时自动分给），或者用恢复密钥登录。',
  'sealing-damaged': () =>
    '封存内容打不开：密文被改动过，或者不是本台账的密钥封存的。请不要继续操作，先检查台账，再从备份恢复。',
  'sealing-settled': () => '这件申请已经办结或者撤回，没有重复办理。请刷新封存管理后查看结果。',
  'sealing-pending': () => '这条记录已有一件申请等待确认，没有再提交。请先确认、退回或者撤回那一件。',
  'sealing-same-account': () =>
    '申请和确认不能是同一个账号，没有办理。请换另一位负责人或者管理员登录确认；本单位只有一个这样的账号时，请由安全管理人员在“账号”里再设一个，新账号由本人用恢复密钥重设密码后就能办理；没有人手的，登记上级的名片后可以“请上级确认”。',
  'decider-in-hand': ({ account, by }) =>
    `账号“${account}”的密码是“${by}”近期给的，而这件事是“${by}”申请或者经手的，等于一个人办两个人的事，所以没有办理。请由申请人以外的账号管理人员给“${account}”重设密码，交本人登录后再办理；没有这样的人时，由本人用恢复密钥或者请上级帮助重设密码。`,
  'sealing-file-held': ({ title }) =>
    `附件“${title}”现在读不出来（可能正被别的程序占用，或者由更新的版本写成），记录没有封存，申请仍在等待确认。请关掉占用它的程序，稍后再确认；还读不出来的，重新启动电脑或者更新本程序后再试。`,
  'sealing-kind': ({ ledger }) =>
    `“${ledgers.find(({ name }) => name === ledger)?.title ?? ledger}”的记录不能单独封存。请封存它所属的案件、纠纷或者矫正对象，附属内容会一并封存。`,
  'sealing-locked': ({ unit }) =>
    `这条记录封存时由上级（${unit}）确认，第二把钥匙在上级，本单位不能单独打开。请申请解除封存，再“请上级确认”，等上级答复。`,
  'above-none': (_params, reads) =>
    `本单位还没有登记上级的名片，不能请上级确认。请向上级司法局索取名片文件，由安全管理人员${reads('在“账号”里', '用命令 password-help trust ')}登记后再办理。`,
  'above-applicant': ({ account }) =>
    `这件申请是“${account}”提的，只能由本人请上级确认、读取答复。请“${account}”登录后办理。`,
  'above-no-share': ({ unit }) =>
    `“${unit}”还没有领到本单位封存密钥的份额，答复了也打不开，所以没有写申请文件。请让能确认封存的人员（负责人或者管理员）登录一次，再写申请文件。`,
  'above-other-lock': ({ unit }) =>
    `这条记录的第二把钥匙在另一个上级（${unit}），现在登记的上级打不开。请用恢复密钥登录，再写申请文件；或者向原上级索取名片重新登记。`,
  'above-foreign': ({ unit }) => `“${unit}”不是本单位的下级，没有受理它的申请。请让对方核对登记的上级名片。`,
  'above-not-ours': ({ file }) =>
    `文件“${file}”打不开：它不是给本单位的，或者本单位的名片换过。请让对方重新登记本单位名片，再写一份申请文件。`,
  'above-other-record': ({ file, unit }) =>
    `申请文件“${file}”里的记录和它所带的密钥对不上：密钥属于另一份封存的记录，或者案号与封存时不同。没有受理，什么都没有改变。请与“${unit}”电话核实，由对方在程序里重新提出申请。`,
  'above-forged': ({ file }) =>
    `文件“${file}”的签名对不上，没有办理：文件被改动过，或者不是登记的上级（下级）签发的。请和对方电话核对，重新交换文件。`,
  'above-expired': ({ until }) =>
    `这份文件已经过期（有效期到 ${shortInstant(until)}），没有办理。请申请人重新写一份申请文件交上级。`,
  'above-decided': ({ outcome }) =>
    `这件申请已经答复“${answerNames[outcome]}”，不能再作另一种答复。需要改变的，请下级重新申请。`,
  'above-elsewhere': ({ file }) =>
    `文件“${file}”答复的是另一台电脑上的申请，在这里不能用。请在写申请文件的那台电脑上读取；台账恢复或者搬过的，请重新写一份申请文件。`,
  'above-other-ask': ({ file }) =>
    `文件“${file}”答复的不是现在等待的这份申请。重新写过申请文件的，以最后一份为准；请把最后一份交上级答复。`,
  'above-taken': ({ outcome }) =>
    `这份答复（${answerNames[outcome]}）已经读取、办结，没有重复办理。需要再次办理的，请重新申请。`,
};
