import { execFileSync } from 'node:child_process';
import { win32 } from 'node:path';

/** Letters of the fixed local drives of a Windows machine; empty elsewhere, or when Windows does not say. */
export function fixedDrives(platform: string, systemRoot: string | undefined): string[] {
  if (platform !== 'win32') return [];
  try {
    // by its full path, so that no other program of that name is started
    const shell = win32.join(
      systemRoot ?? 'C:\\Windows',
      'System32\\WindowsPowerShell\\v1.0\\powershell.exe',
    );
    const ask = "(Get-CimInstance Win32_LogicalDisk -Filter 'DriveType=3').DeviceID";
    const told = execFileSync(shell, ['-NoProfile', '-NonInteractive', '-Command', ask], {
      encoding: 'utf8',
      timeout: 8_000,
      windowsHide: true,
    });
    return told.split(/\s+/).filter((line) => /^[A-Z]:$/i.test(line));
  } catch {
    return [];
  }
}
