import { type SafetyDuty, safetyDuties } from '#shared/api/rights.ts';

/** From so many accounts in use on, no account may hold two duties (GB/T 22239-2019: 系统、安全、审计三员分立). */
const separateFrom = 3;

export type DutyHolder = {
  name: string;
  duties: readonly SafetyDuty[];
  /** Of them those that it cannot carry out. */
  idleDuties: readonly SafetyDuty[];
  isDisabled: boolean;
};
type Held = Pick<DutyHolder, 'duties' | 'idleDuties'>;
const carriesOut = ({ duties, idleDuties }: Held, duty: SafetyDuty) =>
  duties.includes(duty) && !idleDuties.includes(duty);

export type DutyFault =
  | { fault: 'together'; name: string; duties: readonly SafetyDuty[] }
  | { fault: 'unheld'; duty: SafetyDuty };

/** Whether a unit has so many accounts that nobody may hold two duties; below that the level above reads its log. */
export const areDutiesApart = (accounts: readonly Pick<DutyHolder, 'isDisabled'>[]): boolean =>
  accounts.filter(({ isDisabled }) => !isDisabled).length >= separateFrom;

/** The log is nobody's: it can be read, signed and handed up by no account in use. */
export const nobodyAudits = (accounts: readonly (Held & Pick<DutyHolder, 'isDisabled'>)[]): boolean =>
  !accounts.some((one) => !one.isDisabled && carriesOut(one, 'audit'));

/**
 * What is wrong with how the duties are shared out, or null. Below three accounts one may hold several, and the log may be
 * nobody's: the level above reads it then. System and security are always somebody's, or nobody could let anybody in again.
 */
export function dutyFault(accounts: readonly DutyHolder[]): DutyFault | null {
  const inUse = accounts.filter(({ isDisabled }) => !isDisabled);
  const isSeparate = areDutiesApart(accounts);
  for (const duty of safetyDuties) {
    if (duty === 'audit' && !isSeparate) continue;
    if (!inUse.some((one) => carriesOut(one, duty))) return { fault: 'unheld', duty };
  }
  if (!isSeparate) return null;
  const both = inUse.find(({ duties }) => duties.length > 1);
  return both ? { fault: 'together', name: both.name, duties: both.duties } : null;
}
