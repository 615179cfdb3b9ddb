import fs from 'node:fs';
import path from 'node:path';
import { inFolder } from './folder.ts';

/**
 * What a restore, a repair or a damaged file put aside is there for second thoughts, and holds what was sealed or
 * destroyed since: it goes after as many days, when copies are given up. What bears no moment in its name stays.
 */
const asideDays = 90;

export function dropOldAside(folder: string, now: string): void {
  const aside = inFolder(folder, 'aside');
  if (!fs.existsSync(aside)) return;
  const until = Date.parse(now) - asideDays * 86_400_000;
  for (const name of fs.readdirSync(aside)) {
    const [, day] = /^(\d{4}-\d{2}-\d{2})T/.exec(name) ?? [];
    if (day === undefined || Date.parse(day) >= until) continue;
    const at = path.join(aside, name);
    const found = fs.statSync(at);
    // A single file bears the day when it was last written, which may lie long before it was put here.
    if (found.isDirectory() || found.ctimeMs < until) fs.rmSync(at, { recursive: true, force: true });
  }
}
