/**
 * What leaves the ledger and what comes into it, by the method's name in the log. The registers of exports and imports
 * (网络数据安全管理条例 art. 12: who was given personal data, when, what for; kept for three years) are a view over the
 * log, so nothing can go out and be missing there.
 */
export type TransferDirection = 'out' | 'in';

/** `asked`: where it goes is somebody's to say; of the others it goes without saying (the parties, the office itself). */
export const outgoing: Readonly<Record<string, 'asked' | 'usual'>> = {
  'ledger.print': 'asked',
  'report.make': 'asked',
  'indicator.print': 'asked',
  'attachment.export': 'asked',
  'dossier.make': 'asked',
  'audit.export': 'asked',
  'system.backup': 'asked',
  'program.move': 'asked',
  'system.setSecondPlace': 'asked',
  'leaving.unread': 'asked',
  'dossier.issue': 'usual',
  'paper.make': 'usual',
  'paper.issue': 'usual',
  'issued.make': 'usual',
  'deadline.sheet': 'usual',
  'audit.daySheet': 'usual',
  'system.repairPage': 'usual',
  'transfer.print': 'usual',
  'retention.sheet': 'usual',
  'destruction.sheet': 'usual',
  'enquiry.paper': 'usual',
  'sealing.certificate': 'usual',
  'sealing.askAbove': 'usual',
  'sealing.answerAsked': 'usual',
  'safety.paper': 'usual',
  'safety.makePaper': 'usual',
};

/**
 * Files that were taken in. A scan that is attached to a record is named there with its file and is not one of them, nor
 * is what somebody typed.
 */
export const incoming: Readonly<Record<string, 'asked'>> = {
  'indicator.import': 'asked',
  'calendar.import': 'asked',
  'template.add': 'asked',
  'ledger.addMany': 'asked',
  'program.restore': 'asked',
  'help.trust': 'asked',
  'audit.checkFile': 'asked',
};

export const transfersOf = (direction: TransferDirection) => (direction === 'out' ? outgoing : incoming);

/**
 * Whether a call of the window took something out of which nobody has said yet where it went. A copy beside the ledger
 * stays where the ledger is.
 */
export function isToBeDescribed(method: string, input: unknown): boolean {
  if (outgoing[method] !== 'asked') return false;
  const { folder } = (input ?? {}) as { folder?: unknown };
  if (method === 'system.backup') return folder !== undefined;
  return method !== 'system.setSecondPlace' || folder !== null;
}
