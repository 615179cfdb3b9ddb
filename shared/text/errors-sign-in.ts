import { dutiesWith } from '#shared/api/rights.ts';
import type { Sentences } from './errors.ts';
import { dutyNames } from './window.ts';
import { waitWords } from './words.ts';

/** Sentences of who is asking. */
export const signInSentences: Pick<
  Sentences,
  | 'sign-in-failed'
  | 'sign-in-wait'
  | 'recovery-key-wrong'
  | 'not-signed-in'
  | 'session-locked'
  | 'no-right'
  | 'password-weak'
  | 'password-must-change'
  | 'password-same'
  | 'veiled'
  | 'confirm-needed'
  | 'confirm-failed'
  | 'account-locked'
> = {
  'sign-in-failed': ({ left }) =>
    left > 0
      ? `账号或者密码不对，还可以试 ${left} 次。请检查大小写后重新输入。`
      : '账号或者密码不对。请稍等片刻，核对后再试。',
  'sign-in-wait': ({ seconds, isGone }) =>
    isGone
      ? `记录登录次数的文件不见了或者被改坏，为防止有人借此反复试密码，请等${waitWords(seconds)}再登录；这件事会记入操作日志。`
      : `连续输错，已暂停。请等${waitWords(seconds)}，核对后再试。`,
  'recovery-key-wrong': () => '恢复密钥不对。请逐组核对封存的恢复密钥，注意不要漏掉字符。',
  'not-signed-in': () => '还没有登录。请先登录再操作。',
  'session-locked': () => '程序已锁定。请输入密码解锁后再操作。',
  'no-right': ({ right, isIdle }, reads) => {
    const holders = dutiesWith(right).map((duty) => dutyNames[duty] ?? duty);
    if (isIdle)
      return `${holders.join('、')}关系到整个台账，而当前账号只看部分单位，担任了也不能行使，没有办理。请由可以看全部单位的担任者办理，并请担任安全管理的人员${reads(
        '在“账号”里',
        '用命令 account change',
      )}改正这个账号的职责或者单位。`;
    const change = reads('换有权限的账号', '用 --user 换有权限的账号');
    return `当前账号没有这项权限（${rightNames[right] ?? right}）。请${
      holders.length > 0
        ? `由担任${holders.join('或者')}的人员办理，${change}`
        : `让管理员授权，或者${change}`
    }。`;
  },
  'password-weak': ({ min }) => `密码太短或者太简单。请至少用 ${min} 个字符，并且不要只用数字。`,
  'password-must-change': (_params, reads) =>
    `这个密码是别人代设的，要先换成只有您自己知道的密码。请${reads('在“修改密码”里改好', '用命令 password 改好')}，再继续操作。`,
  'password-same': () => '新密码和原来的一样，没有改动。请另想一个新密码。',
  veiled: (_params, reads) =>
    `姓名、证件号码等目前是隐去的，这项操作要用全文。请${reads(
      '先选“显示全文”并写明理由（会记入操作日志），再办理',
      '加 --reveal 理由（会记入操作日志），再办一次',
    )}。`,
  'confirm-needed': () => '这项操作要求再次输入本人密码。请输入密码确认后再办理。',
  'confirm-failed': ({ left }) => `密码不对，操作没有进行，还可以试 ${left} 次。请检查大小写后重新输入。`,
  'account-locked': (_params, reads) =>
    `这个账号连续输错密码，已经锁定。请让担任安全管理的人员给它重设密码；本单位没有这样的人能登录的，${reads(
      '在登录画面点“忘记密码”，用封存的恢复密钥',
      '用命令 recover 和封存的恢复密钥',
    )}。`,
};

const rightNames: Readonly<Record<string, string>> = {
  session: '登录后使用',
  'ledger.read': '查看台账',
  'ledger.write': '登记和修改台账',
  'sensitive.view': '查看姓名、证件号码等全文',
  'sealing.apply': '申请封存',
  'sealing.decide': '确认封存、答复查询',
  'numbers.manage': '设置案号',
  'figures.read': '查看指标数据',
  'figures.write': '填报指标数据',
  'report.make': '生成年度报告',
  'rules.confirm': '核实期限规则和节假日安排',
  'files.review': '鉴定到期的案卷',
  'destruction.approve': '批准销毁（负责人）',
  'destruction.carryOut': '实施销毁',
  'system.maintain': '系统管理',
  'accounts.read': '查看账号',
  'accounts.manage': '安全管理（账号和权限）',
  'audit.read': '审计管理（操作日志）',
};
