import type { MethodName } from '../api/methods.ts';
import { auditActions } from './audit.ts';

/** The question of the system's dialog before an act that gives, takes or destroys. */
export const askedText = {
  question: (method: MethodName, name: string) =>
    `正要办理：${auditActions[method] ?? method}${name === '' ? '' : `（${name}）`}`,
  hint: '是您本人在办理吗？如果不是，请选“不办理”并锁定窗口，请审计员到操作日志中核查。',
  yes: '办理',
  no: '不办理',
};
