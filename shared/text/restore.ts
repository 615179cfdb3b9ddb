import type { AccountFate, AfterRestore } from '#shared/api/restore-types.ts';
import { shortInstant } from './words.ts';

/** What a restore left otherwise than the copy has it. */
export const fateNames: Readonly<Record<AccountFate, string>> = {
  disabled: '备份以后已停用，仍然停用',
  inUse: '备份以后已重新启用，仍然启用',
  mustChange: '密码在备份以后由别人设过，下次登录要改',
  ownPassword: '密码在备份以后由本人改过，照旧有效',
  rights: '角色、职责、单位或者可用台账照恢复前',
  made: '备份以后新建，照旧保留',
  noWay: '没有能登录的密码；为了还有人能管理账号，没有停用，请用恢复密钥给它设密码',
};

export const afterRestoreText = {
  title: ({ at, backup }: Pick<AfterRestore, 'at' | 'backup'>) =>
    backup === ''
      ? `${shortInstant(at)} 发现台账退回到了较早的内容，账号照此前的情况做了核对。`
      : `${shortInstant(at)} 恢复了备份，账号照恢复前的情况做了核对。`,
  line: (fate: AccountFate, names: readonly string[]) => `${fateNames[fate]}：${names.join('、')}`,
  waysTaken: (count: number) =>
    `另有 ${count} 个密码的账号不在恢复后的台账里，已经不能登录。需要的请在“账号”里新建。`,
  unread: '恢复前的台账读不出来，是按密钥文件核对的：备份以后改过的密码都要再改一次，没有密码的账号已停用。',
} as const;

/** All of it, a line for each thing that may have become of an account. */
export function afterRestoreLines(report: AfterRestore): string[] {
  const { accounts, waysTaken, isRead } = report;
  const fates = Object.keys(fateNames) as AccountFate[];
  const namesOf = (fate: AccountFate) =>
    accounts.filter((one) => one.fates.includes(fate)).map(({ name }) => name);
  return [
    ...fates
      .map((fate) => [fate, namesOf(fate)] as const)
      .filter(([, names]) => names.length > 0)
      .map(([fate, names]) => afterRestoreText.line(fate, names)),
    ...(waysTaken > 0 ? [afterRestoreText.waysTaken(waysTaken)] : []),
    ...(isRead ? [] : [afterRestoreText.unread]),
  ];
}
