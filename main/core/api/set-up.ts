import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import type { z } from 'zod';
import { appendAudit } from '#core/audit/chain.ts';
import { besideFiles } from '#core/db/beside.ts';
import type { Connection } from '#core/db/connection.ts';
import { listBackups } from '#core/db/copies.ts';
import { inFolder } from '#core/db/folder.ts';
import { takeMachine } from '#core/db/machine-mark.ts';
import type { Migration } from '#core/db/migrations/migration.ts';
import { createLedgerFile } from '#core/db/open.ts';
import { sql } from '#core/db/sql.ts';
import { demoFigures, demoPlan, demoRecords } from '#core/demo/generate.ts';
import { mergeStep } from '#core/ledgers/search-index.ts';
import { saveRecord } from '#core/ledgers/store.ts';
import { writeIdentity } from '#core/security/identity.ts';
import {
  type KeyFile,
  kdfCost,
  makeKeyFile,
  newDataKey,
  newRecoveryKey,
  writeKeyFile,
} from '#core/security/key-file.ts';
import { checkPassword } from '#core/security/throttle.ts';
import type { Divisions } from '#core/settings/divisions.ts';
import { codeLength, type Founded, type Founding, found } from '#core/settings/found.ts';
import { AppError } from '#shared/api/errors.ts';
import type { Methods } from '#shared/api/methods.ts';
import { hasRight, type Role, type SafetyDuty, safetyDuties } from '#shared/api/rights.ts';
import type { DemoMade, SetUp } from '#shared/api/types.ts';
import { asDay } from '#shared/domain/day.ts';
import type { Kit } from './context.ts';
import type { StoredSession } from './contract.ts';
import { fillSafety } from './demo-safety.ts';
import { freshenDerivations } from './derivations.ts';
import { clearMade, finishSetUp, hasKeyFile, suffix } from './set-up-left.ts';
import type { Vault } from './vault.ts';
import { createWriteContext } from './write-context.ts';

export type SetUpTools = {
  kit: Kit;
  vault: Vault;
  divisions: Divisions;
  newId: () => string;
  /** Checks the folder and takes its lock. */
  hold(): void;
  migrations: readonly Migration[];
};

type CreateInput = z.output<Methods['setup.create']['input']>;
type DemoInput = z.output<Methods['setup.demo']['input']>;
type Plan = Omit<Founding, 'at' | 'newId' | 'ledgerId' | 'accounts' | 'divisions'> & {
  accounts: { name: string; role: Role; duties: readonly SafetyDuty[]; password: string }[];
};

function refuseUsedFolder(folder: string): void {
  if (fs.existsSync(inFolder(folder, 'ledger'))) throw new AppError('ledger-present', { folder });
  if (hasKeyFile(folder)) throw new AppError('ledger-lost', { folder, backups: listBackups(folder).length });
}

/**
 * A new ledger. The file is made whole under another name, then the key file is written, then the ledger gets its
 * name: a set-up that is cut short leaves nothing, or everything.
 */
async function make(
  tools: SetUpTools,
  plan: Plan,
  fill: (connection: Connection, founded: Founded, keyFile: KeyFile) => void,
): Promise<SetUp> {
  const { kit, vault, divisions } = tools;
  tools.hold();
  refuseUsedFolder(vault.folder);
  for (const { password } of plan.accounts) checkPassword(password);
  if (divisions.find(plan.code) === null) throw new AppError('area-unknown', { code: plan.code });
  if (plan.code.length !== codeLength[plan.level])
    throw new AppError('area-level', { code: plan.code, level: plan.level, digits: codeLength[plan.level] });
  const key = newDataKey();
  const recoveryKey = newRecoveryKey();
  const ledgerId = randomUUID();
  const keyFile = await makeKeyFile({
    ledgerId,
    unit: plan.name,
    level: plan.level,
    isDemo: plan.isDemo,
    accounts: plan.accounts.map((account) => ({
      ...account,
      canUnseal: hasRight(account, 'sealing.decide'),
    })),
    recoveryKey,
    key,
    cost: kit.env.kdfCost ?? kdfCost,
  });
  try {
    const founded = layLedger(tools, plan, { key, ledgerId }, (connection, made) =>
      fill(connection, made, keyFile),
    );
    takeMachine(vault.folder);
    writeIdentity(vault.folder, key, { ledgerId, installation: founded.installation, numbers: {} });
    writeKeyFile(vault.folder, keyFile);
    finishSetUp(vault.folder);
    return { ...founded, recoveryKey };
  } catch (error) {
    // Half of it would take the room that is missing. Once its key file stands, the next start finishes it.
    if (!hasKeyFile(vault.folder)) {
      clearMade(vault.folder);
      for (const name of ['machine', ...besideFiles.identity] as const)
        fs.rmSync(inFolder(vault.folder, name), { force: true });
    }
    throw error;
  }
}

/** The file itself, under its other name. */
function layLedger(
  tools: SetUpTools,
  plan: Plan,
  { key, ledgerId }: { key: Uint8Array; ledgerId: string },
  fill: (connection: Connection, founded: Founded) => void,
): Founded {
  const { kit, vault, divisions, newId } = tools;
  let founded: Founded | undefined;
  const connection = createLedgerFile(
    {
      folder: vault.folder,
      key,
      nativeBinding: kit.env.nativeBinding,
      program: kit.env.version,
      migrations: tools.migrations,
      suffix,
    },
    (db) => {
      founded = found(db, { ...plan, at: kit.at(), newId, ledgerId, divisions });
      const note = {
        action: 'setup.create',
        ledger: null,
        recordId: null,
        version: null,
        detail: { level: plan.level },
      };
      appendAudit(db, kit.at(), { account: plan.accounts[0]?.name ?? '', ...kit.place(db) }, note);
    },
  );
  if (!founded) throw new Error('nothing was founded');
  try {
    freshenDerivations(connection, kit);
    fill(connection, founded);
    connection.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    connection.close();
  }
  return founded;
}

export function makeLedger(tools: SetUpTools, input: CreateInput): Promise<SetUp> {
  const plan: Plan = {
    level: input.level,
    code: input.unitCode,
    name: input.unitName,
    parent: input.parent ?? null,
    isDemo: false,
    accounts: [
      { name: input.account, role: 'administrator', duties: safetyDuties, password: input.password },
    ],
  };
  return make(tools, plan, () => {});
}

const perTransaction = 2000;

/** A ledger of synthetic records, the same for the same seed; one account a role with the same password. */
export async function makeDemo(tools: SetUpTools, input: DemoInput, call: string): Promise<DemoMade> {
  const demo = demoPlan(input, tools.divisions, asDay(tools.kit.today()));
  const { password } = input;
  const accounts: Plan['accounts'] = [
    { name: input.account ?? 'admin', role: 'administrator', duties: ['system'], password },
    { name: 'head', role: 'head', duties: ['security'], password },
    { name: 'clerk', role: 'clerk', duties: [], password },
    { name: 'auditor', role: 'auditor', duties: ['audit'], password },
  ];
  const plan: Plan = {
    level: demo.level,
    code: demo.code,
    name: demo.name,
    parent: demo.parent,
    isDemo: true,
    accounts,
  };
  const counts: Record<string, number> = {};
  const made = await make(tools, plan, (connection, founded, keyFile) => {
    const session = sessionOf(founded);
    const records = demoRecords(demo);
    const total = demo.total;
    let done = 0;
    for (let isOver = false; !isOver; ) {
      connection.transaction((db) => {
        let nextId = tools.newId;
        const write = createWriteContext(tools.kit, db, session, 'setup.demo', () => nextId());
        for (let index = 0; index < perTransaction; index++) {
          const next = records.next();
          if (next.done) {
            isOver = true;
            return;
          }
          const { ledger, id, record } = next.value;
          nextId = () => id;
          saveRecord(write, tools.kit.registry.find(ledger), { record });
          counts[ledger] = (counts[ledger] ?? 0) + 1;
          done++;
        }
      });
      tools.kit.env.emit({ event: 'progress', job: call, done, total: Math.max(total, done) });
    }
    if (input.safety === true) {
      const publicKey = keyFile.sealing?.publicKey ?? '';
      const around = { kit: tools.kit, plan: demo, accounts: founded.accounts, publicKey };
      const safety = fillSafety(connection, around, tools.newId, (db, newId) =>
        createWriteContext(tools.kit, db, session, 'setup.demo', newId),
      );
      for (const [ledger, count] of Object.entries(safety)) counts[ledger] = (counts[ledger] ?? 0) + count;
    }
    connection.transaction((db) => {
      for (const figure of demoFigures(demo)) {
        db.run(sql`insert into indicator_value (year, unit_id, code, value, qualifier, printed, account_seq, entered_at)
          select ${figure.year}, ${founded.unit.id}, ${figure.code}, ${figure.value}, ${figure.qualifier}, ${figure.printed},
                 seq, ${tools.kit.at()} from account where id = ${session.accountId}`);
      }
    });
    for (let step = 0; step < 200; step++) if (!connection.transaction(mergeStep)) break;
  });
  const { unit, recoveryKey } = made;
  return {
    unit,
    recoveryKey,
    counts,
    accounts: made.accounts.map((account) => ({ ...account, password: input.password })),
  };
}

function sessionOf(founded: Founded): StoredSession {
  const account = founded.accounts[0];
  if (!account) throw new Error('a ledger has an account');
  return {
    token: '',
    accountId: account.id,
    account: account.name,
    role: account.role,
    duties: account.duties,
    idleDuties: [],
    unitId: founded.unit.id,
    unitCode: founded.unit.code,
    ledgers: null,
    mustChange: false,
    isLocked: false,
    confirmedUntil: 0,
    wholeUntil: 0,
  };
}
