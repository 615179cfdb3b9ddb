/** What an account may do. The dispatcher checks the right a method names; screens only ask to hide what is refused. */
const roles = ['administrator', 'head', 'clerk', 'auditor'] as const;
export type Role = (typeof roles)[number];

export type Right =
  | 'none' // before sign-in
  | 'session' // any signed-in account
  | 'ledger.read'
  | 'ledger.write'
  | 'numbers.manage'
  | 'figures.read'
  | 'figures.write'
  | 'report.make'
  | 'rules.confirm'
  | 'system.maintain';

const granted: Record<Role, readonly Right[]> = {
  administrator: [
    'ledger.read',
    'ledger.write',
    'numbers.manage',
    'figures.read',
    'figures.write',
    'report.make',
    'rules.confirm',
    'system.maintain',
  ],
  head: ['ledger.read', 'ledger.write', 'figures.read', 'figures.write', 'report.make', 'rules.confirm'],
  clerk: ['ledger.read', 'ledger.write', 'figures.read'],
  auditor: ['ledger.read', 'figures.read', 'system.maintain'],
};

export function hasRight(role: Role | null, right: Right): boolean {
  if (right === 'none') return true;
  if (role === null) return false;
  return right === 'session' || granted[role].includes(right);
}
