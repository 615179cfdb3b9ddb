import type { Sentences } from './errors.ts';

/** Of the log and of files that were exported from it. */
export const auditSentences: Pick<
  Sentences,
  | 'audit-broken'
  | 'audit-no-key'
  | 'audit-file-unknown'
  | 'audit-empty'
  | 'log-check-missing'
  | 'log-key-differs'
  | 'log-file-other'
  | 'log-file-not-read'
> = {
  'log-file-not-read': ({ file, limitMb }) =>
    `文件“${file}”超过 ${limitMb} MB，核对不受影响，但不能在本机逐条查看。请交来的单位按较短的起止日期分几次导出，逐份核对后再查看。`,
  'audit-broken': ({ entry }) =>
    `操作日志从第 ${entry} 条起对不上，没有签名。请不要继续操作，把整个数据文件夹复制一份后报告上级。`,
  'audit-no-key': (_params, reads) =>
    `本次登录还没有日志签名密钥。请${reads('锁定后重新输入密码，或者退出后再登录一次，然后重试', '再办一次')}。`,
  'audit-file-unknown': ({ file }) =>
    `文件“${file}”不是本程序导出的操作日志，或者不完整，没有核对。请选择当初导出的原文件。`,
  'audit-empty': () => '这段日期里没有操作日志，没有导出。请核对起止日期。',
  'log-check-missing': ({ check }, reads) =>
    `核对登记里没有第 ${check} 号。请${reads('刷新后从登记里选择', '用命令 audit checks 核对登记号')}。`,
  'log-key-differs': () =>
    '输入的指纹与这份日志的签名密钥不同，没有确认。请对方把本人的密钥指纹再念一遍；仍然不同的，不要采信这份日志，并报告负责人。',
  'log-file-other': ({ file }) =>
    `文件“${file}”不是当初核对的那一份，或者核对以后被改动过，没有打开。请选择原来的文件，或者重新核对一次。`,
};
