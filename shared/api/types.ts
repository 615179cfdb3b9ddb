import type { Figure } from '#shared/domain/figures.ts';
import type { MediaType } from '#shared/domain/media-type.ts';
import type { ListedBackup } from './care-types.ts';
import type { FileGrant } from './envelope.ts';
import type { Failure, FieldProblems } from './errors.ts';
import type { Published } from './mapping-types.ts';
import type { Role, SafetyDuty } from './rights.ts';

/** A day as the ledger stores it, 'YYYY-MM-DD'; an instant is an ISO 8601 string in UTC. */
export type UnitLevel = 'station' | 'county' | 'city' | 'province';

export type Area = {
  code: string;
  name: string;
  level: 'province' | 'city' | 'county' | 'township' | 'village';
};
export type Unit = { id: string; code: string; name: string; level: UnitLevel; parent: string | null };
export type Account = { id: string; name: string; role: Role; duties: readonly SafetyDuty[] };

/** An account as whoever manages accounts sees it. */
export type AccountShown = Account & {
  /** Duties of the whole ledger, held by who sees some units only: not in force. */
  idleDuties: readonly SafetyDuty[];
  unit: Unit;
  ledgers: readonly string[] | null;
  mediatorId: string | null;
  mediator: string | null;
  isDisabled: boolean;
  mustChange: boolean;
  createdAt: string;
  /** The last time it signed in, by the log. */
  signedInAt: string | null;
  /** Since when wrong passwords keep it locked. */
  lockedAt: string | null;
  /** Open cases of its mediator. */
  openCases: number;
};

/** `trusts`: the level above that can help with a forgotten password. `own`: fingerprint of this unit's own card. */
export type HelpState = {
  trusts: { unit: string; code: string; fingerprint: string } | null;
  own: string | null;
};
/** A request that waits for its answer; `code` is read to each other on the telephone. */
export type HelpWaiting = { account: string; code: string; unit: string; askedAt: string };

export type ProgramState = {
  version: string;
  /** Name of the data folder as the user may read it. */
  folder: string;
  state:
    | { is: 'set-up' } // no ledger here yet
    /** `helpFrom`: the level above that may help with a forgotten password; null where none is registered. */
    | { is: 'sign-in'; unit: string; level: UnitLevel; isDemo: boolean; helpFrom: string | null }
    | { is: 'open'; session: SessionInfo }
    | { is: 'locked'; session: SessionInfo }
    /** `hasKey`: a key file that fits stands beside one of the copies. */
    | { is: 'failed'; failure: Failure; backups: ListedBackup[]; hasKey: boolean };
};

export type SessionInfo = {
  account: Account;
  unit: Unit;
  isDemo: boolean;
  lockAfterMinutes: number;
  /** The password was set by somebody else: nothing else works until it is changed. */
  mustChange: boolean;
  /** Names and numbers are masked until a reason is given. */
  isVeiled: boolean;
  reach: Reach;
};
/**
 * What is open to an account, by the very rules that the dispatcher refuses by: the methods it may call, the registers it
 * sees (null for all), and whether it sees a part of the ledger only.
 */
export type Reach = {
  methods: readonly string[];
  ledgers: readonly string[] | null;
  isLimited: boolean;
  /** Of some units only; `isLimited` also where it is some registers. */
  isOfUnits: boolean;
};
/** The token never reaches a page: the host keeps it for the window and takes it out of the answer. */
export type SignedIn = { session: SessionInfo; token: string };
export type SetUp = { unit: Unit; installation: string; accounts: Account[]; recoveryKey: string };
export type DemoMade = {
  unit: Unit;
  accounts: (Account & { password: string })[];
  counts: Record<string, number>;
  recoveryKey: string;
};

export type Scalar = string | number | boolean | null;
/** Field values by the names of the description, with `id`, `unitId`, `state`, `version`. */
export type Row = { id: string; version: string; state: string; unitId: string; title: string } & Record<
  string,
  Scalar
>;
/** `titles` names the records that rows point at (kind `ref`), by id. */
/** Rows that an older program derived, looked at again so far. */
export type Renewal = { done: number; total: number };
export type Page = {
  rows: Row[];
  total: number;
  titles: Record<string, string>;
  /** By record and mapping, where published lists were asked for. */
  published?: Record<string, Record<string, Published>>;
};
export type RecordContent = Record<string, Scalar | Record<string, Scalar>[]>;
export type VersionLine = {
  version: string;
  parents: string[];
  at: string;
  account: string;
  installation: string;
  /** Paths of the fields that this version changed. */
  changed: string[];
};
/** What a version changed, in words; null where there was nothing. `path` is `field`, `child.0.field` or `~state`. */
export type HistoryChange = { path: string; before: string | null; after: string | null };
export type HistoryLine = {
  version: string;
  at: string;
  account: string;
  installation: string;
  isFirst: boolean;
  changes: HistoryChange[];
};
export type Whole = {
  ledger: string;
  id: string;
  unitId: string;
  state: string;
  version: string;
  record: RecordContent;
  title: string;
  /** Masked, because the session gave no reason to see it: to be read, never to be saved. */
  isVeiled?: true;
  /** A part of a record of the account's, by a unit that is not: to be read. */
  isOthers?: true;
  actions: string[];
  versions: VersionLine[];
  /** Titles of the records that the content points at (kind `ref`), and names of the areas it names, by id or code. */
  titles: Record<string, string>;
};
/**
 * Records of one register that point at a record by one field, newest first; `total` stops at 1,000 (`capped`).
 * `holding`: open ones for whose sake it cannot be voided.
 */
export type Related = {
  ledger: string;
  field: string;
  rows: {
    id: string;
    title: string;
    state: string;
    day: string | null;
    number: string | null;
    /** What stands beside the title, by field, as the register says. */
    beside: Record<string, Scalar>;
  }[];
  total: number;
  capped: boolean;
  holding: number;
};
/** A page for print; `title` names its file. */
export type PrintedPage = { html: string; title: string; rows: number };
export type Saved = Whole & { warnings: FieldProblems };
export type Choice = { id: string; label: string; note: string };
export type Hit = {
  ledger: string;
  id: string;
  title: string;
  matched: string;
  /** Number and title of the record that it is a part of. */
  whole: string | null;
  /** What was looked for is a person's name or number. */
  isPerson: boolean;
  day: string | null;
};
export type Hits = { hits: Hit[]; total: number; capped: boolean; ms: number };

export type Draft = {
  id: string;
  ledger: string;
  recordId: string | null;
  baseVersion: string | null;
  content: RecordContent;
  updatedAt: string;
};

/** A scan or photo of a record; `kind` is a code of the list `attachmentKind`, a picture is one page. */
export type Attachment = {
  id: string;
  recordId: string;
  title: string;
  kind: string;
  fileName: string;
  mediaType: MediaType;
  bytes: number;
  pages: number;
  addedAt: string;
  addedBy: string;
  removed: { at: string; by: string; reason: string } | null;
};
/** The bytes never reach a page: the window keeps them for one request and tells the page its address instead. */
export type AttachmentContent = { attachment: Attachment; content: Uint8Array };
export type AttachmentView = { attachment: Attachment; address: string };

export type Figures = { year: number; figures: Figure[] };
export type RecordsBehind = {
  records: { ledger: string; id: string; title: string }[];
  total: number;
  /** Records that count too, but were sealed or destroyed: there is nothing of them to be listed. */
  stripped: number;
};
export type FiguresImported = { set: number; unknown: string[]; changed: number };
export type Finding = { rule: string; indicators: string[]; message: string };
export type ReportPreview = { html: string; figures: number; findings: Finding[] };
export type ReportMade = { file: string; figures: number; findings: Finding[]; ms: number };

export type VerifyFinding = { check: string; object: string; message: string };
/** Rows, the objects they name, and objects that no row names: left by work cut short, and cleaned after some days. */
export type AttachmentsChecked = { rows: number; objects: number; unreferenced: number };
/** `attachments` where the ledger has any. */
export type Verified = {
  ok: boolean;
  findings: VerifyFinding[];
  records: number;
  attachments?: AttachmentsChecked;
  /** Records that were sealed or destroyed: their versions stand, their content cannot be worked out again. */
  stripped?: number;
};
/** How many entries of the search index were made anew, and of how many records. */
export type Rebuilt = { entries: number; records: number };
export type Backup = { name: string; madeAt: string; bytes: number };
/** `lost` is how many attachments could not be copied, because their objects are missing or damaged. */
export type BackupMade = Backup & { file: string; lost: number };

/** The methods whose answer is a page to print, with their input. */
export const printable = [
  'report.preview',
  'deadline.sheet',
  'audit.daySheet',
  'ledger.print',
  'paper.preview',
  'paper.issue',
  'paper.blank',
  'template.placesPage',
  'issued.preview',
  'dossier.preview',
  'dossier.issue',
  'program.guide',
  'system.repairPage',
  'transfer.print',
  'indicator.print',
  'retention.sheet',
  'destruction.sheet',
  'enquiry.paper',
  'sealing.certificate',
  'safety.paper',
] as const;
export type PrintOrder = { method: (typeof printable)[number]; input: Record<string, unknown> };

/** What became of a print: a file, paper on its way, or nothing because the dialog of the system was closed. */
export type Printed =
  /** `beside`: titles of attached PDFs that could not be taken apart; a sheet stands in their place. */
  | { printed: 'saved'; file: string; pages: number; beside: string[] }
  | { printed: 'sent' }
  | { printed: 'cancelled' };

/** Answers of the window itself (dialogs, printing), which never reach the core. */
export type ShellMethods = {
  'shell.chooseFolder': { input: { title: string }; output: FileGrant | null };
  'shell.chooseFile': { input: { title: string; extensions: string[] }; output: FileGrant | null };
  'shell.chooseFiles': { input: { title: string; extensions: string[] }; output: FileGrant[] };
  /** A PDF among the attachments, in a window of its own. */
  'shell.viewPdf': { input: { id: string }; output: null };
  'shell.chooseSave': {
    input: { title: string; name: string; extensions: string[] };
    output: FileGrant | null;
  };
  /** Prints what a method of the core answers as a page; what it issues is kept before the dialog opens. */
  'shell.print': {
    input: PrintOrder & ({ to: 'printer' } | { to: 'pdf'; out: string });
    output: Printed;
  };
  /** On paper, or in a chosen file where there is no printer. */
  'shell.printText': {
    input: { title: string; lines: string[] };
    output: { printed: Printed['printed'] };
  };
  /** `job` as the progress events name it. */
  'shell.cancel': { input: { job: string }; output: null };
  'shell.quit': { input: Record<string, never>; output: null };
};

/**
 * A page to look at or to print. `sections` are those that begin a page, in order; where there are some, a print lays
 * the page out, measures how many pages each takes, and asks again with them, so that a catalogue can name them.
 */
export type Printable = {
  html: string;
  title: string;
  sections: PrintSection[];
  /** What is attached and bound in; the page that is shown has a sheet in the place of each. */
  scans: PrintedScan[];
  isUnnumbered: boolean;
  /** Read out of a template of the bureau: not to be printed, because its layout is Word's. */
  isOwn?: boolean;
};
/** `id`: of the attachment; `section`: the one it begins; `pages`: its sheets in the page. */
export type PrintedScan = { id: string; title: string; section: string; pages: number; isPicture: boolean };
export type DossierPage = Printable & { missing: string[]; blanks: BlankText[]; own: OwnPiecePages[] };
/** A piece that is a file of its own, with how many pages it has: an estimate unless somebody counted them. */
export type OwnPiecePages = { key: string; title: string; note: string; pages: number; isCounted: boolean };
export type PrintSection = { name: string; isNumbered: boolean; start: number | null };

export type IssuedPaper = {
  id: string;
  kind: string;
  copy: string;
  title: string;
  templateVersion: number;
  recordVersion: string;
  hash: string;
  by: string;
  at: string;
  /** Made from the bureau's own template. */
  isOwn: boolean;
};
export type PaperLine = {
  kind: string;
  title: string;
  need: 'required' | 'asNeeded';
  /** Fits what the case is now; another one cannot be made. */
  fits: boolean;
  /** Bound into the file without being asked for. */
  isFiled: boolean;
  /** Comes from the parties and is bound in as it is. */
  isAttached: boolean;
  /** A piece of the file, not its cover, catalogue or back. */
  isInBody: boolean;
  templateVersion: number | null;
  /** The bureau's own template in force for it; used unless the house wording is asked for. */
  own: { id: string; version: number } | null;
  /** A kind that the bureau added: there is no house wording of it. */
  isOwnKind: boolean;
  /** The kind of 笔录 that it prints. */
  notes: string | null;
  /** `blanks`: what is printed in it with blanks (＿＿) left in the text. */
  copies: { key: string; label: string; missing: string[]; blanks: string[] }[];
  /** Of each copy its number (文号), '' where it has none yet; null for a paper without numbers. */
  numbers: string[] | null;
  issued: IssuedPaper[];
};
export type CasePapers = {
  title: string;
  caseNo: string | null;
  version: string;
  papers: PaperLine[];
  /** Whether they are bound into a file (案卷), with cover and catalogue. */
  hasFile: boolean;
  /** Whole files that were made. */
  dossiers: IssuedPaper[];
};
/** A paper whose texts, called so, still have blanks (＿＿) in them. */
export type BlankText = { title: string; labels: string[] };
export type PaperMade = { file: string; issued: string; isNew: boolean; blanks: BlankText[] };
/** `isSame`: to the byte what was made when it was issued. */
export type Reprinted = { file: string; isSame: boolean };
/** `file`: the piece lies beside as a file of its own. */
export type DossierPiece = { title: string; note: string; first: number; pages: number; file: string | null };
/** `missing`: titles of what every file must hold and this one does not. */
export type DossierMade = {
  file: string;
  issued: string;
  pages: number;
  pieces: DossierPiece[];
  missing: string[];
  blanks: BlankText[];
};

/** A kind of paper that can be made, without a case. */
export type PaperKind = {
  kind: string;
  title: string;
  /** Added by the bureau: there is no house wording of it. */
  isOwnKind: boolean;
  /** A template of the bureau's may take its place. */
  mayHaveOwn: boolean;
  /** What every case needs. */
  isUsual: boolean;
};
