import { refuseInHand } from '#core/audit/two-persons.ts';
import type { ReadDb } from '#core/db/connection.ts';
import { writeHtml } from '#core/documents/html.ts';
import { officialPage } from '#core/documents/templates.ts';
import { strippedOf } from '#core/ledgers/stripped.ts';
import { openRecord, sealedAbout } from '#core/sealing/content.ts';
import {
  addEnquiry,
  allEnquiries,
  answerEnquiry,
  enquiryOf,
  lastInstantSince,
  type StoredEnquiry,
  shownIn,
  shownUntil,
} from '#core/sealing/enquiries.ts';
import type { PackedRecord } from '#core/sealing/pack.ts';
import { sealedOn, sealedUnder } from '#core/sealing/requests.ts';
import { accountById } from '#core/security/accounts.ts';
import { openBytes, sealBytes } from '#core/security/sealing-key.ts';
import { ownUnit } from '#core/settings/settings.ts';
import { AppError } from '#shared/api/errors.ts';
import type { EnquirySubject, SealedContent, SealedEnquiry } from '#shared/api/sealing-types.ts';
import { wholeNumbers } from '#shared/domain/sealing.ts';
import { kindOf } from '#shared/kinds/all.ts';
import type { FieldSpecs, LabelContext } from '#shared/kinds/kind.ts';
import { enquiryPaper, sealingText } from '#shared/text/sealing.ts';
import type { CommandContext, HandlersOf, QueryContext } from '../context.ts';
import { outside } from '../scope.ts';
import { nameOf, numberOf, sealingKeyOf, seesSealed } from './sealing.ts';

const called = ({ year, number }: Pick<StoredEnquiry, 'year' | 'number'>) =>
  sealingText.enquiryNumber(year, number);

type Asking = Pick<CommandContext, 'db' | 'kit' | 'scope'>;

/** Register and number of a record that is or was sealed, where the account may know of it. */
function sealedShown({ db, kit, scope }: Asking | Pick<QueryContext, 'db' | 'kit' | 'scope'>) {
  return (recordId: string) => {
    const about = sealedUnder(db, recordId);
    if (!about || !seesSealed(scope, about)) return [];
    return [{ recordId, ledger: about.ledger, number: numberOf(kit, db, about.ledger, recordId) }];
  };
}

/** Whether it was registered in a unit that the account sees. */
function sees({ db, scope }: Pick<QueryContext, 'db' | 'scope'>, { registeredBy }: StoredEnquiry): boolean {
  return scope.unitIds?.includes(accountById(db, registeredBy)?.unitId ?? '') ?? true;
}

/** Throws `enquiry-missing`, also where the account may not know of it. */
function seenEnquiry(context: Pick<QueryContext, 'db' | 'scope'>, id: string): StoredEnquiry {
  const enquiry = enquiryOf(context.db, id);
  if (!sees(context, enquiry)) throw new AppError('enquiry-missing', {});
  return enquiry;
}

export function enquiriesShown(
  context: Pick<QueryContext, 'db' | 'kit' | 'scope' | 'session'>,
): SealedEnquiry[] {
  const { db, session } = context;
  const name = nameOf(db);
  const seen = allEnquiries(db).filter((enquiry) => sees(context, enquiry));
  return seen.map((enquiry) => ({
    id: enquiry.id,
    number: called(enquiry),
    asker: enquiry.asker || sealingText.selfAsker,
    authority: enquiry.authority,
    document: enquiry.document || sealingText.selfDocument,
    registeredAt: enquiry.registeredAt,
    registeredBy: name(enquiry.registeredBy),
    isOwn: enquiry.registeredBy === session.accountId,
    outcome: enquiry.state === 'open' ? null : enquiry.state,
    answeredAt: enquiry.answeredAt,
    answeredBy: enquiry.answeredBy === null ? null : name(enquiry.answeredBy),
    shown: shownIn(db, enquiry.id).flatMap(sealedShown(context)),
    until: shownUntil(enquiry),
  }));
}

function opened<T>(content: Uint8Array, privateKey: string): T {
  const plain = openBytes(content, privateKey);
  if (!plain) throw new AppError('sealing-damaged', {});
  return JSON.parse(plain.toString('utf8')) as T;
}

/** Whether only a part of a number was given. */
const isPartial = ({ idNumber }: EnquirySubject) => idNumber !== undefined && wholeNumbers(idNumber) === null;

/** Whoever registered an enquiry, or holds the hand of the other account, neither opens nor answers it. */
function refuseRegistrant({ db, session }: CommandContext, enquiry: StoredEnquiry): void {
  if (enquiry.registeredBy === session.accountId) throw new AppError('sealing-same-account', {});
  refuseInHand(db, session.account, {
    applicants: [nameOf(db)(enquiry.registeredBy)],
    since: enquiry.registeredAt,
  });
}

/** An enquiry that somebody else registered and nobody has answered. */
function answerable(context: CommandContext, id: string): StoredEnquiry {
  const enquiry = seenEnquiry(context, id);
  if (enquiry.state !== 'open') throw new AppError('enquiry-answered', {});
  refuseRegistrant(context, enquiry);
  return enquiry;
}

function rowsOf(fields: FieldSpecs, content: Record<string, unknown>, labels: LabelContext) {
  return Object.entries(fields).flatMap(([name, spec]): [string, string][] => {
    const value = content[name];
    if (value === undefined || value === null || value === '' || Array.isArray(value)) return [];
    return [[spec.label, kindOf(spec.kind).toText(value, spec, labels)]];
  });
}

/** A record read out: its fields, each row of what is in it, its parts. */
function sectionsOf({ kit, db }: Asking, records: readonly PackedRecord[]): SealedContent['sections'] {
  const labels = kit.labels(db);
  return records.flatMap(({ ledger: name, title, content }) => {
    const ledger = kit.registry.find(name);
    const own = { title: `${ledger.noun} ${title}`, rows: rowsOf(ledger.fields, content, labels) };
    const children = Object.entries(ledger.children).flatMap(([child, spec]) =>
      (Array.isArray(content[child]) ? content[child] : []).map((row, at) => ({
        title: sealingText.rowOf(spec.title, at + 1),
        rows: rowsOf(spec.fields, row as Record<string, unknown>, labels),
      })),
    );
    return [own, ...children];
  });
}

/** What the answer to an enquiry lets an account see, and until when. Throws `enquiry-over`, `record-missing`. */
function refuseUnshown(
  { db, kit, session, scope }: CommandContext,
  enquiry: StoredEnquiry,
  sealed: string,
): void {
  const stub = strippedOf(db, sealed);
  const isParty = [enquiry.registeredBy, enquiry.answeredBy].includes(session.accountId);
  if (!stub || !isParty || !shownIn(db, enquiry.id).includes(sealed))
    throw new AppError('record-missing', { id: sealed });
  if (!seesSealed(scope, stub))
    throw outside('record-missing', { id: sealed }, { ledger: stub.ledger, recordId: sealed });
  // A clock that was set back does not begin the days anew.
  const since = { action: 'enquiry.answer', at: enquiry.answeredAt, fact: 'enquiry' } as const;
  const now = [kit.at(), lastInstantSince(db, { ...since, is: called(enquiry) })].sort().at(-1) ?? '';
  if ((shownUntil(enquiry) ?? '') < now) throw new AppError('enquiry-over', {});
}

export const enquiryHandlers = {
  'enquiry.register'({ kit, note, session, write, changed }, { asker, authority, document, ...given }) {
    const isSelf = authority === 'self';
    const detail = {
      ...given,
      ...(isSelf ? { asker, document } : {}),
      name: given.name.normalize('NFC').replaceAll(/\s/g, ''),
    } satisfies EnquirySubject;
    const enquiry = addEnquiry(write, {
      ...{ asker: isSelf ? '' : asker, authority, document: isSelf ? '' : document },
      detail: sealBytes(Buffer.from(JSON.stringify(detail)), sealingKeyOf(kit)),
      registeredBy: session.accountId,
    });
    write.commit();
    note({ detail: { enquiry: called(enquiry), authority } });
    changed('*');
    return { id: enquiry.id, number: called(enquiry) };
  },
  'enquiry.open'(context, { id }) {
    const { db, note, sealing, session } = context;
    const enquiry = seenEnquiry(context, id);
    const isOwn = enquiry.registeredBy === session.accountId;
    if (enquiry.state === 'open') refuseRegistrant(context, enquiry);
    const { privateKey } = sealing();
    const subject = opened<EnquirySubject>(enquiry.detail, privateKey);
    // Whoever registered it learns what the other one let him know, and not what else there is.
    const about = isOwn
      ? {
          found: shownIn(db, id).map((recordId) => ({ recordId, agrees: false })),
          unreadable: [],
          locked: [],
        }
      : sealedAbout(db, privateKey, subject);
    const shown = sealedShown(context);
    const found = about.found.flatMap(({ recordId, agrees }) =>
      shown(recordId).map((one) => ({ ...one, agrees })),
    );
    const unreadable = about.unreadable.flatMap(shown);
    const locked = about.locked.flatMap(shown);
    note({ detail: { enquiry: called(enquiry), rows: found.length } });
    const answer = enquiry.answer && opened<string>(enquiry.answer, privateKey);
    return { ...subject, isPartial: isPartial(subject), found, unreadable, locked, answer };
  },
  'enquiry.answer'(context, { id, outcome, records = [], answer }) {
    const { db, kit, note, session, write, changed, sealing } = context;
    const enquiry = answerable(context, id);
    const { privateKey } = sealing();
    const subject = opened<EnquirySubject>(enquiry.detail, privateKey);
    const about = sealedAbout(db, privateKey, subject).found.flatMap(({ recordId }) =>
      sealedShown(context)(recordId),
    );
    const unknown = records.find((recordId) => !about.some((one) => one.recordId === recordId));
    if (unknown !== undefined) throw new AppError('record-missing', { id: unknown });
    if ((outcome === 'shown') !== records.length > 0 || (outcome === 'refused' && answer === undefined))
      throw new AppError('enquiry-incomplete', {});
    answerEnquiry(write, id, {
      outcome,
      records,
      answer: answer === undefined ? null : sealBytes(Buffer.from(JSON.stringify(answer)), sealingKeyOf(kit)),
      by: session.accountId,
    });
    write.commit();
    note({ detail: { enquiry: called(enquiry), outcome, records: records.length } });
    changed('*');
    return null;
  },
  'enquiry.view'(context, { id, sealed }) {
    const { db, kit, note, sealing } = context;
    const enquiry = seenEnquiry(context, id);
    refuseUnshown(context, enquiry, sealed);
    const records = openRecord(db, sealed, [sealing().privateKey]);
    const ledger = records[0]?.ledger ?? null;
    note({ ledger, recordId: sealed, detail: { enquiry: called(enquiry) } });
    return {
      recordId: sealed,
      number: ledger === null ? null : numberOf(kit, db, ledger, sealed),
      sections: sectionsOf(context, records),
      files: records.flatMap(({ attachments }) =>
        attachments
          .filter(({ removed_commit: removed }) => removed === null)
          .map(({ title }) => String(title)),
      ),
    };
  },
  'enquiry.paper'(context, { id }) {
    const { db, kit, note, sealing } = context;
    const enquiry = seenEnquiry(context, id);
    if (enquiry.state === 'open') throw new AppError('enquiry-unanswered', {});
    const { privateKey } = sealing();
    note({ detail: { enquiry: called(enquiry) } });
    const subject = opened<EnquirySubject>(enquiry.detail, privateKey);
    const document = enquiryPaper({
      ...subject,
      number: called(enquiry),
      unit: ownUnit(db).name,
      asker: subject.asker ?? enquiry.asker,
      authority: enquiry.authority,
      document: subject.document ?? enquiry.document,
      isPartial: isPartial(subject),
      outcome: enquiry.state,
      answer: enquiry.answer && opened<string>(enquiry.answer, privateKey),
      numbers: shownNumbers(db, enquiry),
      bases: sealedOn(db, shownIn(db, id)),
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
} satisfies HandlersOf<
  'enquiry.register' | 'enquiry.open' | 'enquiry.answer' | 'enquiry.view' | 'enquiry.paper'
>;

const shownNumbers = (db: ReadDb, { id }: StoredEnquiry): string[] =>
  shownIn(db, id).map((recordId) => strippedOf(db, recordId)?.number ?? recordId.slice(0, 8));
