import type { ReadDb } from '#core/db/connection.ts';
import { sql } from '#core/db/sql.ts';
import type { StoredRecord } from '#core/ledgers/table.ts';
import type { Paper } from '#shared/document/papers.ts';
import type { Fields } from '#shared/document/resolve.ts';
import { chineseDay } from '#shared/domain/chinese-date.ts';
import { type Day, isDay, yearsBetween } from '#shared/domain/day.ts';
import { readIdentityNumber } from '#shared/domain/identity-number.ts';
import { capitalAmount, yuanTableText } from '#shared/domain/money.ts';
import type { LabelContext } from '#shared/kinds/kind.ts';
import type { Mediation } from '#shared/ledgers/mediation.ts';
import { waiverOf } from '#shared/ledgers/waivers.ts';
import { chineseNumeral } from '#shared/text/document.ts';
import { paperWords as words } from '#shared/text/papers.ts';

/** What the papers print of a case, as text in document form: days 2025年3月1日, amounts in figures and capitals. */

export type PaperSource = {
  db: ReadDb;
  labels: LabelContext;
  record: StoredRecord;
  /** The person whom the record is a part of; null where the account does not see that one. */
  person?: StoredRecord | null;
  /** Its papers stand among those of the record that it is a part of. */
  isPart?: true;
};

type Party = Mediation['parties'][number];

export const contentOf = (record: StoredRecord): Mediation => record.content as unknown as Mediation;

const isSaid = (value: unknown) => value !== undefined && value !== null;

/** The parties side by side: all who apply, then the others, each as they were keyed in. */
export function partiesInOrder(record: StoredRecord): Party[] {
  const { parties } = contentOf(record);
  const isFirst = ({ side }: Party) => side === 'applicant';
  return [...parties.filter(isFirst), ...parties.filter((party) => !isFirst(party))];
}

export function dayText(day: string | null | undefined): string | undefined {
  return isDay(day) ? chineseDay(day) : undefined;
}

/** Fields of the case itself; those named like a field of the ledger hold its code and serve conditions only. */
export function caseFields({ labels, record }: PaperSource): Fields {
  const content = contentOf(record);
  const parties = partiesInOrder(record);
  const label = (list: string, code: string | null | undefined) =>
    code ? (labels.labelOf(list, code) ?? code) : undefined;
  const namesOf = (wanted: (party: Party) => boolean) =>
    parties
      .filter(wanted)
      .map(({ name }) => name)
      .join(words.comma);
  const applicants = namesOf(({ side }) => side === 'applicant');
  const others = namesOf(({ side }) => side !== 'applicant');
  const kindLabel = label('disputeKind', content.kind);
  const agreedOn = content.effectiveOn ?? content.concludedOn;
  return {
    outcome: content.outcome ?? undefined,
    agreementForm: content.agreementForm ?? undefined,
    source: content.source ?? undefined,
    aftermath: content.aftermath ?? undefined,
    followUpOn: content.followUpOn ?? undefined,
    hasAgent: parties.some(({ agentName }) => agentName) ? 'yes' : undefined,
    showsAmount: isSaid(content.amountFen) || waiverOf(record.content, 'amountFen') ? 'yes' : undefined,

    caseNo: content.caseNo ?? undefined,
    fileTitle: `${[applicants, others].filter((names) => names !== '').join(words.and)}${kindLabel ?? ''}`,
    partyNames: namesOf(() => true),
    kindLabel,
    sourceMarks: sourceMarks(labels, content.source ?? null, referralFields(content).referralText),
    acceptedDay: dayText(content.acceptedOn),
    concludedDay: dayText(content.concludedOn),
    mediationDays: `${dayText(content.acceptedOn) ?? words.emptyDay}${words.to}${dayText(content.concludedOn) ?? words.emptyDay}`,
    committeeName: content.committeeId
      ? (labels.titleOf('committee', content.committeeId) ?? undefined)
      : undefined,
    mediatorNames: content.mediatorId
      ? (labels.titleOf('mediator', content.mediatorId) ?? undefined)
      : undefined,
    mediationPlace: content.mediationPlace ?? undefined,
    summary: content.summary,
    agreementNo: content.agreementNo ?? undefined,
    // Without a number the phrase that cites it is left out: no court reads an empty bracket, nor 不适用.
    citesAgreement: content.agreementNo ? 'yes' : undefined,
    agreementText: content.agreementText ?? undefined,
    amount: amountText(content.amountFen),
    agreedDay: dayText(agreedOn),
    performanceMethod: label('performanceMethod', content.performanceMethod),
    performDay: dayText(content.performBy),
    performance: label('performance', content.performance),
    satisfaction: label('satisfaction', content.satisfaction),
    copies: chineseNumeral(parties.length + 1),
    outcomeLabel: label('outcome', content.outcome),
    outcomeReason: withoutStop(content.outcomeReason) ?? (words.reasonOf[content.outcome ?? ''] || undefined),
    courtName: content.courtName ?? undefined,
    ...referralFields(content),
    filedBy: content.filedBy ?? undefined,
    filedDay: dayText(content.archivedOn),
    retention: label('retention', content.retention),
    remark: content.remark ?? undefined,
  };
}

/** The reason goes on in a sentence. */
const withoutStop = (text: string | null | undefined): string | undefined =>
  text?.trim().replace(/[。．.；;，,、]+$/, '') || undefined;

/** Which court sent the dispute, and by what letter; nothing for any other dispute. */
function referralFields(content: Mediation): Fields {
  if (content.source !== 'courtReferral') return {};
  const { referringCourt, referralKind, referralNo, referredOn } = content;
  const how = words.referralKinds[referralKind ?? ''];
  return {
    referringCourt: referringCourt ?? undefined,
    referralKind: how,
    referralNo: referralNo ?? undefined,
    referredDay: dayText(referredOn),
    referralText: referringCourt
      ? words.referral(referringCourt, how, [dayText(referredOn), referralNo ?? undefined])
      : undefined,
  };
}

/**
 * Fields of the papers whose value was declared 不适用, with the reason (shared/ledgers/waivers.ts). Those of a paper that
 * stands for an unwritten 笔录 are told by its kind.
 */
export function waivedFields(record: StoredRecord, paper?: string): Fields {
  const of = waivable[paper ?? 'case'] ?? {};
  const reasons: Record<string, string> = {};
  for (const [printed, field] of Object.entries(of)) {
    const reason = waiverOf(record.content, field);
    if (reason !== null && reason.trim() !== '') reasons[printed] = reason.trim();
  }
  return reasons;
}

/** Field of the papers → field of the ledger: what may be waived and stands in a paper. */
const waivable: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  case: {
    mediationPlace: 'mediationPlace',
    outcomeReason: 'outcomeReason',
    agreementNo: 'agreementNo',
    referralNo: 'referralNo',
    amount: 'amountFen',
    performDay: 'performBy',
    performanceMethod: 'performanceMethod',
    satisfaction: 'satisfaction',
  },
  mediation: { place: 'mediationPlace' },
  visit: { form: 'followUpForm', heldAt: 'followUpOn', visitedBy: 'followUpBy' },
};

/** What is filled in by hand stays; where it is not, 不适用 stands in its place, and conditions can ask for it. */
export function withWaived(fields: Fields, reasons: Fields): { fields: Fields; reasons: Fields } {
  const waived = Object.entries(reasons).filter(([name]) => (fields[name] ?? '').trim() === '');
  return {
    fields: {
      ...fields,
      ...Object.fromEntries(
        waived.flatMap(([name]) => [
          [name, words.waived],
          [`${name}Waived`, 'yes'],
        ]),
      ),
    },
    reasons: Object.fromEntries(waived),
  };
}

function amountText(fen: number | null | undefined): string | undefined {
  return fen === undefined || fen === null ? undefined : words.amount(yuanTableText(fen), capitalAmount(fen));
}

/** The three ways a case comes in, with the one that is marked (受理登记表). */
export function sourceMarks(
  labels: LabelContext | null,
  source: string | null,
  referral?: string | undefined,
): string {
  const isReferral = source !== null && source !== 'application' && source !== 'initiative';
  const by = isReferral && referral ? referral : isReferral ? labels?.labelOf('disputeSource', source) : null;
  return [
    words.mark(words.sources.application, source === 'application'),
    words.mark(words.sources.initiative, source === 'initiative'),
    words.mark(words.sources.referral, isReferral) + (by ? words.referredBy(by) : ''),
  ].join(words.markGap);
}

/** Parties as the papers name them, on one day: the age is that of the day. */
export function partyFields({ db, labels, record }: PaperSource, on: Day): Fields[] {
  const parties = partiesInOrder(record);
  return parties.map((party) => {
    const side = labels.labelOf('partySide', party.side) ?? party.side;
    const same = parties.filter((other) => other.side === party.side);
    return onePartyFields(db, labels, party, words.side(side, same.indexOf(party), same.length), on);
  });
}

function onePartyFields(db: ReadDb, labels: LabelContext, party: Party, side: string, on: Day): Fields {
  const isUnit = party.type !== 'natural';
  const identity = isUnit || !party.idNumber ? null : readIdentityNumber(party.idNumber, { today: on });
  const read = identity?.ok ? identity.identity : null;
  const label = (list: string, code: string | null | undefined) =>
    code ? (labels.labelOf(list, code) ?? code) : undefined;
  const birthOn = party.birthOn ?? read?.bornOn;
  const years = birthOn ? yearsBetween(birthOn, on) : party.age;
  const age = years === null || years === undefined ? undefined : words.age(years);
  const sexCode = party.sex ?? read?.sex ?? '';
  const sex = isUnit ? undefined : words.sexes[sexCode];
  const address = addressText(db, party.divisionCode ?? null, party.address ?? '');
  const { phone, idNumber, creditCode, legalRepresentative } = party;
  const number = isUnit ? creditCode && words.credit(creditCode) : idNumber && words.identity(idNumber);
  const lives = isUnit ? words.seated : words.lives;
  return {
    isUnit: isUnit ? 'yes' : undefined,
    side,
    name: party.name,
    sex,
    age: isUnit ? undefined : age,
    nation: label('nation', party.nation),
    idNumber: idNumber ?? undefined,
    creditCode: creditCode ?? undefined,
    legalRepresentative: legalRepresentative ?? undefined,
    position: party.position ?? undefined,
    phone: phone ?? undefined,
    address: address === '' ? undefined : address,
    sexAge: isUnit
      ? legalRepresentative
        ? words.representative(legalRepresentative)
        : undefined
      : words.sexAge([sex, age].filter((part) => part !== undefined)),
    identityText: number || undefined,
    addressAndPhone: `${address === '' ? '' : lives(address)}${phone ? words.phone(phone) : ''}`,
    agentName: party.agentName ?? undefined,
    agentIdNumber: party.agentIdNumber ?? undefined,
    agentPhone: party.agentPhone ?? undefined,
    agentAuthority: label('agentAuthority', party.agentAuthority),
  };
}

/** Names of the areas down to the party's own, then the address; what the address says itself is not said twice. */
export function addressText(db: ReadDb, code: string | null, address: string): string {
  const names = code === null ? [] : areaNames(db, code);
  const known = names.findIndex((name) => address.startsWith(name));
  return names.slice(0, known === -1 ? names.length : known).join('') + address;
}

function areaNames(db: ReadDb, code: string): string[] {
  const names: string[] = [];
  for (let at: string | null = code; at !== null; ) {
    const area: { name: string; parent_code: string | null } | undefined = db.get(
      sql`select name, parent_code from area where code = ${at}`,
    );
    if (area && !words.groupOnly.includes(area.name)) names.unshift(area.name);
    at = area?.parent_code ?? null;
  }
  return names;
}

/** The day that stands on a paper: the first of its days that the record knows. */
export function dayOf({ content }: StoredRecord, paper: Paper): string | undefined {
  return paper.day?.map((field) => content[field]).find((day): day is string => isDay(day));
}
