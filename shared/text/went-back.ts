import type { HeadPurpose, LogBefore } from '#shared/api/audit-types.ts';
import type { VerifyFinding } from '#shared/api/types.ts';
import { headPurposeNames } from './audit.ts';
import { shortInstant } from './words.ts';

const left = (entry: number, purpose: HeadPurpose, at: string) =>
  `此前已由${headPurposeNames[purpose]}留证至第 ${entry} 条（${shortInstant(at)}）`;

/** What the file beside the ledger knows of a proof of the log that the ledger itself has no more. */
export function logBeforeText({ entry, purpose, at, isRestored }: LogBefore): string {
  return isRestored
    ? `${left(entry, purpose, at)}，其后恢复过备份，现在的日志从备份接着记（见“恢复备份”条目）。`
    : `台账文件被换回了较早的一份：${left(entry, purpose, at)}，现在的日志里没有这一条。请与导出的日志、打印的日结单核对，并报告上级。`;
}

export const logBeforeFinding = (before: LogBefore): VerifyFinding => ({
  check: 'log-went-back',
  object: String(before.entry),
  message: logBeforeText(before),
});
