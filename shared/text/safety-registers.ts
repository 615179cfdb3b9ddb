/** Words of the registers that a unit keeps for secrecy and the safety of data (安全保密登记). */
export const safetyRegisterText = {
  title: '安全保密登记',
  place: '安全保密',
} as const;
