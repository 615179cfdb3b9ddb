/**
 * What Chromium's answer to a print means. It calls a closed dialog `Print job canceled` (the only reason that is
 * nobody's fault); every other reason is a print that did not come about.
 */
export function printOutcome(isPrinted: boolean, reason: string): 'sent' | 'cancelled' | 'failed' {
  if (isPrinted) return 'sent';
  return /cancell?ed/i.test(reason) ? 'cancelled' : 'failed';
}
