import { rotatesOutOn } from '#core/db/backup.ts';
import type { ReadDb } from '#core/db/connection.ts';
import { listAllBackups } from '#core/db/copies.ts';
import { asideState } from '#core/db/set-aside.ts';
import { id, sql } from '#core/db/sql.ts';
import { writeHtml } from '#core/documents/html.ts';
import { officialPage } from '#core/documents/templates.ts';
import { findRecord } from '#core/ledgers/registry.ts';
import { strippedOf } from '#core/ledgers/stripped.ts';
import type { StoredRecord } from '#core/ledgers/table.ts';
import { aboutTheSame, partsCounted } from '#core/sealing/proposal.ts';
import { sealedRecords } from '#core/sealing/requests.ts';
import { ownUnit, unitById } from '#core/settings/settings.ts';
import { AppError } from '#shared/api/errors.ts';
import { isToSeal } from '#shared/domain/minors.ts';
import { type OlderCopy, sealingCertificate, sealingReason } from '#shared/text/sealing-certificate.ts';
import type { HandlersOf, Kit } from '../context.ts';
import { isSeen, outside } from '../scope.ts';
import { nameOf, numberOf, seesSealed } from './sealing.ts';

/** Why a law has the record sealed, in words for the application; without a name. Null where none orders it. */
function groundOf(kit: Kit, db: ReadDb, { id: recordId, ledger, content }: StoredRecord): string | null {
  if (!('isToSeal' in ledger.fields) || !isToSeal(content)) return null;
  const labels = kit.labels(db);
  const named = (list: string, value: unknown) =>
    typeof value === 'string' ? labels.labelOf(list, value) : null;
  return sealingReason({
    crimeOn: content.crimeOn,
    penalty: named('originalPenalty', content.penalty),
    months: content.penaltyMonths,
    end: named('correctionEnd', content.endKind),
    endedOn: content.endedOn,
    dueOn: db.value<string>(
      sql`select due_on from due_entry where record_id = ${recordId} and rule = 'correction.seal'`,
    ),
  });
}

/** Copies of the ledger made while it held the record in clear, with the day on which each will be gone. */
function olderCopies(kit: Kit, db: ReadDb, recordId: string, sealedAt: string): OlderCopy[] {
  const since = db.value<string>(sql`select min(c.at) from record_version v
    join commit_entry c on c.number = v.commit_number where v.record_id = ${recordId}`);
  const held = ({ at }: { at: string }) => at <= sealedAt && at >= (since ?? '');
  const copies = listAllBackups(kit.folder());
  const now = kit.at();
  return (['own', 'second'] as const).flatMap((place) => {
    const here = copies.filter((copy) => copy.place === place);
    const goes = rotatesOutOn(here, now);
    return here
      .filter(({ madeAt }) => held({ at: madeAt }))
      .map(({ name, madeAt }) => ({ name, place, madeAt, goesOn: goes.get(name) ?? null }));
  });
}

export const sealingPaperHandlers = {
  'sealing.proposal'({ db, kit, scope }, { recordId }) {
    const { registry } = kit;
    const record = findRecord(db, registry, recordId);
    const reason = groundOf(kit, db, record);
    const also = aboutTheSame({ db, registry }, record).filter((one) => isSeen(kit, db, scope, one.id));
    return {
      basis: reason === null ? null : 'minorCrime',
      reason: reason ?? '',
      parts: partsCounted({ db, registry }, record),
      also: also.map((one) => ({
        recordId: one.id,
        ledger: one.ledger.name,
        number: numberOf(kit, db, one.ledger.name, one.id),
        day: String(one.content[one.ledger.day] ?? ''),
      })),
    };
  },
  'sealing.certificate'({ db, kit, note, scope }, { sealed }) {
    const stub = strippedOf(db, sealed);
    const units = (unitId: string) => unitById(db, unitId)?.name ?? ownUnit(db).name;
    const found = sealedRecords(db, { nameOf: nameOf(db), unitOf: units }).find(
      ({ recordId }) => recordId === sealed,
    );
    if (stub?.why !== 'sealed' || !found) throw new AppError('record-missing', { id: sealed });
    if (!seesSealed(scope, stub))
      throw outside('record-missing', { id: sealed }, { ledger: stub.ledger, recordId: sealed });
    note({ ledger: stub.ledger, recordId: sealed });
    const parts = db.all<{ ledger: string; count: number }>(sql`select ledger, count(*) as count
      from stripped_record where ${id('part_of')} = ${sealed} and why = 'sealed' group by ledger order by ledger`);
    const titleOf = (ledger: string) => kit.registry.find(ledger).noun;
    const document = sealingCertificate({
      unit: found.unit,
      ledger: kit.registry.find(found.ledger).title,
      number: found.number,
      basis: found.basis,
      sealedAt: found.sealedAt,
      people: [found.appliedBy, found.confirmedBy],
      againAt: found.againAt,
      parts: parts.map(({ ledger, count }) => ({ title: titleOf(ledger), count })),
      copies: olderCopies(kit, db, sealed, found.sealedAt),
      aside: asideState(kit.folder(), null).entries.filter(({ at }) => at <= found.sealedAt),
      on: kit.today(),
    });
    return {
      html: writeHtml(document, officialPage(), 'print'),
      title: document.title,
      sections: [],
      scans: [],
      isUnnumbered: true,
    };
  },
} satisfies HandlersOf<'sealing.proposal' | 'sealing.certificate'>;
