export const shortestPassword = 8;

/** What is wrong with a new password: too short, or one that is tried first (digits alone, one sign repeated). */
export function passwordFault(password: string): 'short' | 'simple' | null {
  const signs = [...password];
  if (signs.length < shortestPassword) return 'short';
  return /^\p{Nd}+$/u.test(password) || new Set(signs).size === 1 ? 'simple' : null;
}
