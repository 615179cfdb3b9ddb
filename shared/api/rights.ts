/**
 * What an account may do. Business rights follow from the role, what concerns the program itself from the safety duties
 * (系统管理、安全管理、审计管理), which no account holds two of where a unit has three or more accounts
 * (GB/T 22239-2019 under 网络安全法 23). The dispatcher checks the right a method names; screens only ask to hide what is refused.
 */
export const roles = ['administrator', 'head', 'clerk', 'auditor'] as const;
export type Role = (typeof roles)[number];

export const safetyDuties = ['system', 'security', 'audit'] as const;
export type SafetyDuty = (typeof safetyDuties)[number];

export type Right =
  | 'none' // before sign-in
  | 'session' // any signed-in account
  | 'ledger.read'
  | 'ledger.write'
  | 'sensitive.view'
  | 'numbers.manage'
  | 'sealing.apply'
  | 'sealing.decide'
  | 'figures.read'
  | 'figures.write'
  | 'report.make'
  | 'rules.confirm'
  | 'files.review'
  | 'destruction.approve'
  | 'destruction.carryOut'
  | 'system.maintain'
  | 'accounts.read'
  | 'accounts.manage'
  | 'audit.read';

const granted: Record<Role, readonly Right[]> = {
  administrator: [
    'ledger.read',
    'ledger.write',
    'sensitive.view',
    'sealing.apply',
    'sealing.decide',
    'numbers.manage',
    'figures.read',
    'figures.write',
    'report.make',
    'rules.confirm',
    'files.review',
    'destruction.carryOut',
  ],
  head: [
    'ledger.read',
    'ledger.write',
    'sensitive.view',
    'sealing.apply',
    'sealing.decide',
    'figures.read',
    'figures.write',
    'report.make',
    'rules.confirm',
    'files.review',
    'destruction.approve',
    'destruction.carryOut',
  ],
  clerk: ['ledger.read', 'ledger.write', 'sensitive.view', 'sealing.apply', 'figures.read', 'files.review'],
  auditor: ['ledger.read', 'figures.read'],
};

const entrusted: Record<SafetyDuty, readonly Right[]> = {
  system: ['system.maintain'],
  security: ['accounts.read', 'accounts.manage'],
  audit: ['audit.read', 'accounts.read'],
};

/** Whoever has one of these reaches the whole ledger: puts it back or moves it, reads and exports all of its log. */
const undivided: readonly SafetyDuty[] = ['system', 'audit'];

/** Of the duties those that nobody can carry out who sees some units only; to look after accounts of some units is possible. */
export const undividedIn = (duties: readonly SafetyDuty[]): SafetyDuty[] =>
  undivided.filter((duty) => duties.includes(duty));

/** The duties that a right goes with, for whoever has none of them; empty where it follows from the role. */
export const dutiesWith = (right: string): SafetyDuty[] =>
  safetyDuties.filter((duty) => entrusted[duty].some((one) => one === right));

/** Whose rights are asked for: an account, or a session of one. */
export type Holder = { role: Role; duties: readonly SafetyDuty[] };

/**
 * Whether the account may call a method at all: by its right, and where the method speaks of the whole ledger (`wide`), by
 * seeing all of it. The dispatcher refuses by this, and a window is told by it what is open to its account.
 */
export const mayCall = (
  holder: Holder | null,
  { rights, wide }: { rights: Right; wide: boolean },
  isLimited: boolean,
): boolean => hasRight(holder, rights) && !(wide && isLimited);

/** Whether whoever has the one role may do nothing that the other may not. */
export const isRoleWithin = (one: Role, other: Role): boolean =>
  granted[one].every((right) => granted[other].includes(right));

export function hasRight(holder: Holder | null, right: Right): boolean {
  if (right === 'none') return true;
  if (holder === null) return false;
  if (right === 'session') return true;
  return (
    granted[holder.role].includes(right) || holder.duties.some((duty) => entrusted[duty].includes(right))
  );
}
