import type {
  AnswerOutcome,
  EnquiryAuthority,
  EnquiryOutcome,
  SealBasis,
  SealKind,
} from '../domain/sealing.ts';

/** An application that waits for another account's confirmation. */
export type SealingRequest = {
  id: string;
  kind: SealKind;
  recordId: string;
  ledger: string;
  number: string | null;
  basis: SealBasis;
  appliedAt: string;
  appliedBy: string;
  /** Of the account that asks: it cannot confirm it. */
  isOwn: boolean;
  /** The file to the level above that waits for its answer; `isOver`: none is taken any more. */
  asked: (AskedNow & { isOver: boolean }) | null;
};

/** `code` is read out on the telephone, so that nobody else's file is answered. */
export type AskedNow = { unit: string; code: string; askedAt: string; validUntil: string };

/** What a unit below asks, as the level above reads it from the file. */
export type AskedFromBelow = {
  id: string;
  unit: string;
  kind: SealKind;
  ledger: string;
  number: string | null;
  basis: SealBasis;
  account: string;
  reason: string;
  appliedAt: string;
  askedAt: string;
  validUntil: string;
  isOver: boolean;
  /** Whether earlier requests of this unit were signed by the same key. */
  signedBy: 'first' | 'same' | 'other';
  decided: { outcome: AnswerOutcome; at: string; by: string } | null;
};

/** What was decided for units below. */
export type AnsweredBelow = {
  id: string;
  unit: string;
  kind: SealKind;
  ledger: string;
  number: string | null;
  account: string;
  askedAt: string;
  outcome: AnswerOutcome;
  decidedAt: string;
  decidedBy: string;
};

/** What an answer from above led to. */
export type TakenAnswer = {
  outcome: AnswerOutcome;
  kind: SealKind;
  number: string | null;
  unit: string;
  by: string;
  reason: string;
};

/** All that is left of a sealed record to be seen: its register, its number, and that it is sealed. */
export type SealedRecord = {
  recordId: string;
  ledger: string;
  number: string | null;
  unit: string;
  basis: SealBasis;
  sealedAt: string;
  appliedBy: string;
  confirmedBy: string;
  /** When it was sealed once more, because an older copy had brought it back. */
  againAt: string | null;
  /** Who at the level above confirmed it and holds a second key: it is opened with an answer from there only. */
  lockedBy: string | null;
};

/** `also`: records about the same person that do not belong to this one yet. `basis` is null where no law orders it. */
export type SealingProposal = {
  basis: SealBasis | null;
  reason: string;
  parts: { ledger: string; count: number }[];
  also: { recordId: string; ledger: string; number: string | null; day: string }[];
};

export type SealedEnquiry = {
  id: string;
  number: string;
  asker: string;
  authority: EnquiryAuthority;
  document: string;
  registeredAt: string;
  registeredBy: string;
  isOwn: boolean;
  outcome: EnquiryOutcome | null;
  answeredAt: string | null;
  answeredBy: string | null;
  /** The numbers of what was shown. */
  shown: { recordId: string; ledger: string; number: string | null }[];
  /** Until when what was shown can be looked at; null where nothing was. */
  until: string | null;
};

export type SealingState = {
  requests: SealingRequest[];
  sealed: SealedRecord[];
  enquiries: SealedEnquiry[];
  /** Other accounts in use that may confirm. */
  others: number;
  /** Whether there is a key to seal with. */
  isReady: boolean;
  /** The level above whose answer can be the second key; null where none is trusted. */
  above: string | null;
  /** What was decided for units below; null for a unit that is above none. */
  answered: AnsweredBelow[] | null;
};

/** Who and why, of an enquiry: under the sealing key, because a name beside it would say that there is something sealed. */
export type EnquirySubject = {
  /** Who asks, where it is the one it is about or his guardian: the list has no name of him then. */
  asker?: string | undefined;
  /** His letter or application, there too. */
  document?: string | undefined;
  person: string;
  name: string;
  idNumber?: string | undefined;
  purpose: string;
};

export type OpenedEnquiry = EnquirySubject & {
  /** Only a part of a number was given: by it nobody is found. */
  isPartial: boolean;
  /** `agrees`: that part stands in the record. */
  found: { recordId: string; ledger: string; number: string | null; agrees: boolean }[];
  /** Sealed records that cannot be read, whomever they name. */
  unreadable: { recordId: string; ledger: string; number: string | null }[];
  /** Those of which the level above holds a second key: whom they name, this unit alone cannot know. */
  locked: { recordId: string; ledger: string; number: string | null }[];
  /** Why it was refused, or what the other side is held to. */
  answer: string | null;
};

/** Content of a sealed record as it is read out: a section for the record, one for each row of it, one for each part. */
export type SealedContent = {
  recordId: string;
  number: string | null;
  sections: { title: string; rows: [label: string, text: string][] }[];
  files: string[];
};
