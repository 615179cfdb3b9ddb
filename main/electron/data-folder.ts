import { posix, win32 } from 'node:path';

export type Machine = {
  platform: string;
  home: string;
  systemDrive: string | undefined;
  /** Fixed local drives such as 'D:'; empty where there are no drive letters. */
  drives: readonly string[];
};

/** ASCII, so that every tool on an old machine can name it. */
const folderName = 'judicial-ledger-data';

/**
 * Where the ledger is proposed to live: on a fixed local drive other than the system's, because a re-installed
 * Windows takes the system drive with it; else in the home folder.
 */
export function proposeFolder({ platform, home, systemDrive, drives }: Machine): string {
  if (platform !== 'win32') return posix.join(home, folderName);
  const system = (systemDrive ?? 'C:').toUpperCase();
  const other = drives.map((drive) => drive.toUpperCase()).find((drive) => drive !== system);
  return other ? `${other}\\${folderName}` : win32.join(home, folderName);
}

/** The environment's folder (tests, scripts), the remembered one, or the proposal. */
export function chooseFolder(
  given: string | undefined,
  remembered: string | undefined,
  propose: () => string,
): string {
  return given || remembered || propose();
}
