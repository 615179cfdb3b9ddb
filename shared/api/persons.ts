import type { PersonValues } from '#shared/ledgers/persons.ts';

/** Why somebody is taken for the person who was typed. */
export type PersonSign =
  | 'number'
  | 'credit'
  | 'slip'
  | 'name'
  | 'formerName'
  | 'sound'
  | 'nearSound'
  | 'oneCharacter'
  | 'initials'
  | 'phone'
  | 'birth';

/** A matter of a person: one row of one record. */
export type PersonMatter = {
  ledger: string;
  id: string;
  title: string;
  number: string | null;
  day: string | null;
  state: string;
  /** What the person is there, in words: 申请人, 人民调解员. */
  as: string;
  /** The name it has the person under. */
  name: string;
  key: string;
};

/** Numbers are masked: enough to tell apart. */
export type PersonMatch = {
  /** Stands for the person in other calls. */
  key: string;
  name: string;
  formerName: string | null;
  number: string | null;
  phone: string | null;
  sex: string | null;
  birthOn: string | null;
  address: string | null;
  /** Of how many records. */
  matters: number;
  last: PersonMatter;
  why: PersonSign[];
  score: number;
};

/** Somebody who stands in a record, and the key of the card. */
export type PersonInRecord = { key: string; name: string; as: string };

export type PersonMatches = {
  matches: PersonMatch[];
  /** Those whom the typed values already are, by number, code, or name with phone or birth day. */
  same: PersonMatch | null;
};

export type PersonDecision = {
  id: number;
  verdict: 'same' | 'different';
  left: string;
  right: string;
  /** Names under which the two stand. */
  names: [string, string];
  at: string;
  by: string;
  undoneAt: string | null;
  undoneBy: string | null;
};

/** A value with where it comes from. */
export type PersonFact = { value: string; records: number; last: string | null };

export type PersonCard = {
  key: string;
  keys: string[];
  name: string;
  values: PersonValues;
  names: PersonFact[];
  formerNames: PersonFact[];
  numbers: PersonFact[];
  phones: PersonFact[];
  addresses: PersonFact[];
  matters: PersonMatter[];
  total: number;
  likely: PersonMatch[];
  decisions: PersonDecision[];
};

export type PersonWarningKind = 'bothSides' | 'otherSide' | 'repeat' | 'alert';

/** What somebody who takes a case in should know; `key` is the same for the same fact. */
export type PersonWarning = {
  key: string;
  kind: PersonWarningKind;
  /** Rows of the record on screen, e.g. 'parties.0'. */
  paths: string[];
  /** Names on screen. */
  names: string[];
  /** The other record; null where the record warns of itself. */
  matter: PersonMatter | null;
  /** What the other register says of the person (kind `alert`); that one acts for a side (kind `bothSides`). */
  says: string | null;
  /** Known by the name alone. */
  isByName: boolean;
};

export type SeenWarning = { warning: PersonWarning; at: string; by: string };
