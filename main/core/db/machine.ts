import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';

let known: string | null = null;

/**
 * A name of this machine that stays with it, whoever is signed in to it: a digest, so that nothing of the machine itself
 * stands in a data folder. A PC that was only given another name stays the same where its system has an id of its own.
 */
export function thisMachine(): string {
  known ??= createHash('sha256')
    .update(`judicial-ledger ${systemId() ?? os.hostname()}`)
    .digest('hex')
    .slice(0, 32);
  return known;
}

/** The computer's own name, as its owner reads it on the desk or in a list of assets; at most 40 characters. */
export function machineName(): string {
  const name = os
    .hostname()
    .normalize('NFC')
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim();
  return [...name].slice(0, 40).join('');
}

function systemId(): string | null {
  try {
    if (process.platform === 'win32') {
      const key = 'HKLM\\SOFTWARE\\Microsoft\\Cryptography';
      const said = execFileSync('reg', ['query', key, '/v', 'MachineGuid'], {
        encoding: 'utf8',
        windowsHide: true,
        timeout: 5000,
      });
      return /MachineGuid\s+REG_SZ\s+(\S+)/.exec(said)?.[1] ?? null;
    }
    return fs.readFileSync('/etc/machine-id', 'utf8').trim() || null;
  } catch {
    return null;
  }
}
