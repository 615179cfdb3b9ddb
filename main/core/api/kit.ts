import { createLogReadings } from '#core/audit/log-reading.ts';
import type { ReadDb } from '#core/db/connection.ts';
import { machineName } from '#core/db/machine.ts';
import { id, sql } from '#core/db/sql.ts';
import { createNameReader } from '#core/ledgers/name-reader.ts';
import { createRegistry, titleOf } from '#core/ledgers/registry.ts';
import { isStripped } from '#core/ledgers/stripped.ts';
import { editionsVersion, shownLists } from '#core/settings/code-editions.ts';
import { readCodeLists } from '#core/settings/code-lists.ts';
import { decidedMappings, readMappings } from '#core/settings/code-mappings.ts';
import { fieldsOnText } from '#core/settings/fields-on.ts';
import { readPhrases } from '#core/settings/phrases.ts';
import { readSetting } from '#core/settings/settings.ts';
import type { Scalar } from '#shared/api/types.ts';
import type { CodeListShown } from '#shared/domain/code-edition.ts';
import { createCodeBook } from '#shared/domain/code-list.ts';
import type { DecidedMapping } from '#shared/domain/code-mapping.ts';
import { asDay, type Day, dayInChina, endInChina } from '#shared/domain/day.ts';
import type { Phrase } from '#shared/domain/phrase.ts';
import type { LabelContext } from '#shared/kinds/kind.ts';
import { ledgers } from '#shared/ledgers/all.ts';
import { columnOf } from '#shared/ledgers/describe.ts';
import type { FieldsOn } from '#shared/ledgers/optional.ts';
import type { Kit } from './context.ts';
import type { CoreEnv } from './contract.ts';

/** The last instant of a day in China, as commits have theirs. */
export function instantAtEndOf(day: Day): string {
  return new Date(endInChina(day)).toISOString();
}

export function createKit(env: CoreEnv, folder: () => string): Kit {
  const registry = createRegistry([...ledgers, ...(env.extra?.ledgers ?? [])]);
  const shipped = readCodeLists(env.seeds);
  let lists: CodeListShown[] = shipped.map((list) => ({ ...list, local: null, confirmed: null }));
  let codes = createCodeBook(lists);
  const shippedMappings = readMappings(env.seeds);
  let mappings: DecidedMapping[] = [];
  let read: { db: ReadDb; version: string } | null = null;
  let phrases: readonly Phrase[] | null = null;
  const names = createNameReader();
  const unitCodes = new Map<string, string>();
  const machine = env.machine ?? machineName();
  const today = () => dayInChina(env.now().getTime());

  const kit: Kit = {
    env,
    folder,
    registry,
    shipped,
    lists: () => lists,
    shippedMappings,
    mappings: () => mappings,
    renewLists(db) {
      // Another handle is another ledger: after a restore the numbers may be the same.
      const on = fieldsOnText(db);
      const version = `${editionsVersion(db)} ${on}`;
      if (read?.db === db && read.version === version) return;
      read = { db, version };
      registry.use(JSON.parse(on) as FieldsOn);
      lists = shownLists(db, shipped);
      codes = createCodeBook(lists);
      mappings = decidedMappings(db, shippedMappings.mappings);
    },
    phrases: () => (phrases ??= readPhrases(env.seeds)),
    names,
    logReadings: createLogReadings(env.nativeBinding),
    place: (db) => ({ installation: readSetting(db, 'installationId') ?? '', machine }),
    at: () => env.now().toISOString(),
    today,
    hasCode: (name, code, on) => codes.items(name, asDay(on)).some((item) => item.code === code),
    hasRecord: (db, ledger, recordId) =>
      db.value(sql`select 1 from ${id(registry.find(ledger).table)} where id = ${recordId}`) !== undefined ||
      isStripped(db, recordId),
    valueOf(db, ledger, recordId, field) {
      const { table } = registry.find(ledger);
      const value = db.value<Scalar>(
        sql`select ${id(columnOf(field))} from ${id(table)} where id = ${recordId}`,
      );
      return value ?? null;
    },
    unitCodeOf(db, unitId) {
      const known = unitCodes.get(unitId);
      if (known !== undefined) return known;
      const code = db.value<string>(sql`select code from unit where id = ${unitId}`) ?? '';
      unitCodes.set(unitId, code);
      return code;
    },
    indexContext: (db) => ({
      registry,
      labels: kit.labels(db),
      names,
      unitCodeOf: (unitId) => kit.unitCodeOf(db, unitId),
      valueOf: (ledger, recordId, field) => kit.valueOf(db, ledger, recordId, field),
    }),
    labels: (db: ReadDb): LabelContext => ({
      labelOf: (list, code) => codes.label(list, code),
      titleOf: (ledger, recordId) => titleOf(db, registry, ledger, recordId),
      areaOf: (code) => db.value<string>(sql`select name from area where code = ${code}`) ?? null,
    }),
  };
  return kit;
}
