import type { AnswerOutcome } from '../domain/sealing.ts';

/**
 * Every way in which a call can fail, with the facts its sentence needs.
 * A code without a sentence in `shared/text/errors.ts` does not compile.
 */
export type ErrorParams = {
  // the data folder and the files in it (architecture: order of opening)
  'not-found': { folder: string };
  moved: { folder: string };
  'not-local': { folder: string };
  'read-only': { folder: string };
  'sign-in-full': { folder: string };
  'no-space': { folder: string; freeMb: number; neededMb: number };
  /** Said to whoever opened a ledger: it can be read. */
  'space-low': { folder: string; freeMb: number; neededMb: number };
  'ledger-absent': { folder: string };
  /** `elsewhere`: of the copies those in the second place. */
  'ledger-lost': { folder: string; backups: number; elsewhere?: number };
  'ledger-present': { folder: string };
  locked: { folder: string };
  damaged: { folder: string; backups: number; detail: string; elsewhere?: number };
  'ledger-foreign': { file: string };
  'upgrade-failed': { found: number; known: number };
  newer: { found: number; known: number; program: string };
  'ledger-without-key': { folder: string };
  'key-file-damaged': { folder: string };
  'wrong-key': { file: string };
  'driver-too-old': { found: string; needed: string };
  // who is asking
  'sign-in-failed': { left: number };
  /** `isGone`: the file in which wrong passwords are counted was taken away. */
  'sign-in-wait': { seconds: number; isGone?: boolean };
  'recovery-key-wrong': Record<string, never>;
  'not-signed-in': Record<string, never>;
  'session-locked': Record<string, never>;
  /** `isIdle`: the account has the duty that it goes with, and sees some units only. */
  'no-right': { right: string; isIdle?: boolean };
  'password-weak': { min: number };
  'password-must-change': Record<string, never>;
  'password-same': Record<string, never>;
  veiled: Record<string, never>;
  'confirm-needed': Record<string, never>;
  'confirm-failed': { left: number };
  'account-locked': Record<string, never>;
  'account-missing': Record<string, never>;
  /** Told only to whoever came by the recovery key or the county's answer: nobody guesses with those. */
  'account-not-in-use': { account: string };
  'account-present': { account: string };
  'account-self': Record<string, never>;
  'account-disabled': { account: string };
  'account-no-mediator': { account: string };
  'hand-over-self': Record<string, never>;
  'help-none': Record<string, never>;
  'help-file': { file: string };
  'help-foreign': { unit: string };
  'help-code': Record<string, never>;
  'help-not-ours': { file: string };
  'help-no-request': Record<string, never>;
  'help-password': Record<string, never>;
  'help-waiting': { account: string; at: string };
  'sealing-not-ready': Record<string, never>;
  'sealing-no-key': Record<string, never>;
  'sealing-damaged': Record<string, never>;
  'sealing-settled': Record<string, never>;
  'sealing-pending': Record<string, never>;
  'sealing-same-account': Record<string, never>;
  'decider-in-hand': { account: string; by: string };
  'sealing-locked': { unit: string };
  'above-none': Record<string, never>;
  'above-applicant': { account: string };
  'above-no-share': { unit: string };
  'above-other-lock': { unit: string };
  'above-foreign': { unit: string };
  'above-not-ours': { file: string };
  'above-other-record': { file: string; unit: string };
  'above-forged': { file: string };
  'above-expired': { until: string };
  'above-decided': { outcome: AnswerOutcome };
  'above-elsewhere': { file: string };
  'above-other-ask': { file: string };
  'above-taken': { outcome: AnswerOutcome };
  'sealing-kind': { ledger: string };
  'sealing-file-held': { title: string };
  'enquiry-missing': Record<string, never>;
  'enquiry-answered': Record<string, never>;
  'enquiry-unanswered': Record<string, never>;
  'enquiry-incomplete': Record<string, never>;
  'enquiry-over': Record<string, never>;
  'audit-broken': { entry: number };
  'audit-no-key': Record<string, never>;
  'audit-file-unknown': { file: string };
  'audit-empty': Record<string, never>;
  'log-check-missing': { check: number };
  'log-key-differs': Record<string, never>;
  'log-file-other': { file: string };
  'log-file-not-read': { file: string; limitMb: number };
  'transfer-unknown': { entry: number };
  'transfer-medium': { medium: string; day: string | null };
  'hand-over-stuck': { title: string };
  'duties-together': { account: string; first: string; second: string };
  'duty-unheld': { duty: string };
  /** Of the whole ledger, for an account of some units. */
  'duty-undivided': { account: string; duty: string };
  // the call
  'unknown-method': { method: string };
  'invalid-input': { method: string; at: string };
  closing: Record<string, never>;
  busy: { method: string };
  cancelled: { method: string };
  'thread-lost': { method: string };
  internal: { incident: string };
  // records
  'ledger-unknown': { ledger: string };
  'record-missing': { id: string };
  'record-invalid': { count: number };
  'record-changed': { by: string; at: string };
  /** Open records of `ledger` name it in `field`. */
  'still-in-use': { title: string; ledger: string; field: string; count: number };
  'action-not-allowed': { action: string; state: string; ledger: string };
  'filter-unknown': { field: string };
  'list-too-long': { most: number };
  // numbers of records
  'number-pattern-invalid': { pattern: string; why: string };
  'number-prefix-invalid': { prefix: string };
  'number-not-owner': Record<string, never>;
  'number-no-block': { count: number; year: number };
  'number-unknown': { number: string };
  'number-settled': { number: string };
  'number-elsewhere': { number: string };
  'number-foreign': { number: string };
  'number-code-invalid': { why: string };
  'ledger-unnumbered': { ledger: string };
  'area-unknown': { code: string };
  // attachments
  'attachment-kind': { file: string };
  'attachment-empty': { file: string };
  'attachment-pixels': { file: string; width: number; height: number };
  'attachment-truncated': { file: string };
  'attachment-unreadable': { file: string };
  'attachment-present': { file: string; title: string };
  'attachment-missing': { id: string };
  'attachment-removed': { title: string };
  'attachment-lost': { title: string };
  'attachment-damaged': { title: string };
  'file-changed': { file: string };
  'area-level': { code: string; level: string; digits: number };
  'unit-unknown': { code: string };
  'json-broken': { file: string };
  // deadlines and the calendar
  'deadline-unknown': { rule: string };
  'deadline-no-period': { title: string };
  'deadline-no-basis': { title: string };
  /** `fault` is a CalendarFault of shared/domain/calendar-file.ts. */
  'calendar-unreadable': { file: string; fault: string; line: number; text: string };
  // periods of keeping, review, destruction
  'retention-kind-unknown': { kind: string };
  'retention-no-basis': { title: string; isUnset: boolean };
  'retention-days': { title: string; isTurned: boolean };
  'retention-until': { until: string };
  'file-not-due': { title: string };
  /** `isMinor`: it is sealed for what the law has sealed of minors. */
  'file-sealed': { number: string; isMinor: boolean };
  'file-obstructed': { title: string; why: string };
  'destruction-unknown': { id: string };
  'destruction-state': { number: string; state: 'open' | 'approved' | 'underWay' | 'done' };
  'destruction-empty': { number: string };
  'destruction-own': { number: string };
  'destruction-supervisors': Record<string, never>;
  'supervisor-involved': { name: string };
  'destruction-carrier': { number: string };
  'destroyed-unkept': { file: string };
  'destruction-letter': { day: string };
  'destruction-hindered': { number: string; file: string; why: string };
  // persons
  'person-missing': Record<string, never>;
  'person-is-one': Record<string, never>;
  'person-decided-otherwise': { by: string; at: string };
  'person-decision-missing': Record<string, never>;
  // papers
  'paper-unknown': { kind: string };
  'paper-unfit': { title: string; ledger: string };
  'safety-paper-unfit': { title: string; record: string };
  'paper-attached': { title: string };
  'paper-no-case': { title: string };
  'paper-copy-missing': { title: string };
  'paper-unnumbered': { title: string };
  'paper-number-level': { title: string; level: string };
  'paper-number-prefix': { title: string };
  'paper-number-none': { title: string };
  'issued-missing': { id: string };
  'scans-too-large': { count: number; megabytes: number; most: number };
  'blank-too-many': { forms: number; most: number };
  /** `why` is a FormNumberFault, `by` the title of the record that has it, or why it is void. */
  'form-number-refused': { number: string; why: string; by: string };
  // a bureau's own templates; `fault` is a TemplateFault of shared/document/places.ts
  'own-template-refused': { file: string; fault: string; at: string };
  'own-template-kind': { title: string };
  'own-template-title': { title: string };
  'own-template-present': { title: string; file: string };
  'own-template-missing': { id: string };
  'own-template-retired': { title: string };
  'own-template-damaged': { title: string };
  'own-template-unfit': { title: string; paper: string };
  'own-template-copies': { title: string; count: number };
  'own-template-print': { title: string };
  'own-template-unread': { title: string };
  'paper-own-only': { title: string };
  // code lists
  'codes-unknown': { list: string };
  'codes-published': { title: string };
  'codes-refused': { title: string; reason: string };
  'mapping-unknown': { mapping: string };
  'mapping-refused': { title: string; reason: string };
  // figures and reports
  'field-not-optional': { ledger: string; field: string };
  'indicator-unknown': { code: string };
  'figures-outside-part': { unit: string };
  'indicator-base': { name: string };
  'figure-unreadable': { name: string; printed: string; unit: string };
  'csv-no-heading': { file: string };
  'csv-broken': { file: string; line: number };
  'csv-encoding': { file: string };
  'csv-duplicate': { name: string; first: number; second: number };
  'csv-empty': { file: string };
  'seed-invalid': { file: string; at: string };
  'needs-window': Record<string, never>;
  'print-failed': { reason: string };
  // files the user names
  'file-missing': { file: string };
  'file-exists': { file: string };
  'file-inside': { file: string };
  'file-unreadable': { file: string };
  'file-unwritable': { file: string };
  'file-held': { file: string };
  'disk-full': { file: string };
  'file-too-large': { file: string; limitMb: number };
  'grant-unknown': Record<string, never>;
  'backup-damaged': { file: string };
  /** `unit`, `own`: whose ledger the copy is, and whose the folder's; '' where that is not known. */
  'backup-foreign': { file: string; unit: string; own: string };
  'folder-copied': { folder: string; from: string };
  'backup-none': Record<string, never>;
  'repair-no-copy': { folder: string };
  'repair-needless': Record<string, never>;
  'drill-day': { day: string; earliest: string };
  'aside-needed': { why: 'damaged' | 'copy' };
  'aside-kept': { folder: string; count: number };
  /** Both copies of the file beside the ledger, and what lies beside its copies. */
  'identity-lost': { folder: string };
  'ledger-moved': { at: string; to: string };
  'ledger-not-moved': Record<string, never>;
  'folder-elsewhere': { folder: string };
  'key-file-foreign': { file: string };
  'key-none': { folder: string };
  'key-needless': Record<string, never>;
  'second-place-none': Record<string, never>;
  'second-place-absent': { place: string };
  'second-place-inside': { place: string };
};

/** Why a form may not be printed under a number. */
export type FormNumberFault = 'unknown' | 'used' | 'void' | 'elsewhere' | 'twice';

export type ErrorCode = keyof ErrorParams;

/** What is wrong with one field; the path is `field` or `children.0.field`. */
/** What another record is called; null for one that the writer does not see. */
export type Called = string | null;

export type FieldProblem =
  | { problem: 'required' }
  | { problem: 'too-long'; max: number }
  | { problem: 'impossible-date'; text: string }
  | { problem: 'in-future'; day: string }
  | { problem: 'too-long-ago'; day: string }
  | { problem: 'not-a-day'; text: string }
  | { problem: 'before'; other: string; day: string }
  | { problem: 'early'; other: string; day: string }
  | { problem: 'late'; other: string; day: string; until: string; why: string }
  | { problem: 'unusual'; other: string }
  | { problem: 'of-another'; other: string }
  | { problem: 'excluded'; other: string }
  | { problem: 'of-step'; step: string }
  | { problem: 'same-as'; title: Called }
  | { problem: 'number-stays'; text: string }
  | { problem: 'by-program'; text: string }
  | { problem: 'worked-out'; text: string }
  | { problem: 'turned-off' }
  | { problem: 'still-due'; what: string }
  | { problem: 'no-name'; text: string }
  | { problem: 'short-name'; text: string }
  | { problem: 'too-soon'; other: string; day: string; until: string }
  | { problem: 'still-ahead'; day: string }
  | { problem: 'too-far-ahead'; until: string }
  | { problem: 'contradicts'; other: string }
  | { problem: 'not-kept'; other: string }
  | { problem: 'rival'; title: Called; from: string; isEqual: boolean }
  | { problem: 'taken'; text: string }
  | { problem: 'still-out'; who: Called; from: string; to: string | null }
  | { problem: 'no-longer'; other: string; day: string; why: string }
  | { problem: 'overlaps'; what: Called; from: string; to: string | null; why: string }
  | { problem: 'span'; other: string; day: string; until: string; isOver: boolean; why: string }
  | { problem: 'over-limit'; most: number; why: string }
  | { problem: 'of-level'; level: string; other: string; why: string }
  | { problem: 'level-above'; level: string; why: string }
  | { problem: 'no-article'; text: string }
  | { problem: 'article-unsure'; text: string }
  | { problem: 'needed'; why: string }
  | { problem: 'no-such-row'; why: string }
  | { problem: 'missing-before' }
  | { problem: 'not-after'; day: string }
  | { problem: 'row-late'; day: string; until: string; why: string }
  | { problem: 'few-names'; least: number; why: string }
  | { problem: 'had-ended'; other: string; day: string; why?: string }
  | { problem: 'alike'; title: Called; why?: string }
  | { problem: 'pointed-at'; count: number; capped: boolean; turned?: string }
  | { problem: 'person-parted' }
  | { problem: 'unknown-code'; code: string }
  | { problem: 'not-a-number'; text: string }
  | { problem: 'not-yes-or-no'; text: string }
  | { problem: 'out-of-range'; min: number; max: number }
  | { problem: 'not-an-amount'; text: string }
  | { problem: 'amount-out-of-range'; most: string }
  | { problem: 'identity-number'; fault: string }
  | { problem: 'credit-code'; fault: string }
  | { problem: 'letters-only' }
  | { problem: 'phone' }
  | { problem: 'unknown-record' }
  | { problem: 'whole-stripped' }
  | { problem: 'unknown-field' }
  | { problem: 'closed' }
  | { problem: 'masked' }
  | { problem: 'not-as-number'; value: string }
  | { problem: 'too-few'; min: number }
  | { problem: 'missing-with'; other: string }
  | { problem: 'blanks'; count: number }
  | { problem: 'not-waivable'; field: string }
  | { problem: 'waived-filled'; field: string }
  | { problem: 'number-unknown'; text: string }
  | { problem: 'number-used'; text: string; by: Called }
  | { problem: 'number-returned'; text: string; reason: string }
  | { problem: 'number-elsewhere'; text: string }
  | { problem: 'number-other-year'; text: string; year: number; wanted: string }
  | { problem: 'number-other-prefix'; text: string; prefix: string; wanted: string }
  | { problem: 'number-given'; text: string }
  | { problem: 'number-taken'; text: string; by: Called }
  | { problem: 'number-left'; text: string; by: Called }
  | { problem: 'number-too-early'; text: string }
  | { problem: 'wrong-type' };

export type FieldProblems = Record<string, FieldProblem>;

export type Failure = {
  [C in ErrorCode]: { code: C; params: ErrorParams[C]; fields?: FieldProblems };
}[ErrorCode];

/** The one error that crosses the dispatcher with its meaning; everything else becomes `internal`. */
export class AppError<C extends ErrorCode = ErrorCode> extends Error {
  readonly code: C;
  readonly params: ErrorParams[C];
  readonly fields: FieldProblems | undefined;

  constructor(code: C, params: ErrorParams[C], more: { fields?: FieldProblems; cause?: unknown } = {}) {
    super(code, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = 'AppError';
    this.code = code;
    this.params = params;
    this.fields = more.fields;
  }
}

/** Shape that travels in the envelope. */
export function failureOf(error: AppError): Failure {
  const { code, params, fields } = error;
  return (fields ? { code, params, fields } : { code, params }) as Failure;
}

export function assertNever(value: never): never {
  throw new Error(`unhandled case ${JSON.stringify(value)}`);
}
