// Every act of the fault suite: one entry, tried on a full disk (disk-full.test.ts) and killed (kill-at-work.test.ts).
import { accountActs } from './accounts.ts';
import { careActs } from './care.ts';
import { documentActs } from './documents.ts';
import { recordActs } from './records.ts';
import { sealingActs } from './sealing.ts';
import { sealingAboveActs } from './sealing-above.ts';
import type { Act } from './stage.ts';

export const groups: readonly Record<string, Act>[] = [
  recordActs,
  documentActs,
  careActs,
  accountActs,
  sealingActs,
  sealingAboveActs,
];

export const acts: Record<string, Act> = Object.assign({}, ...groups);
