/**
 * What the law asks of a program that keeps such data, row by row, with its article: where it is and which test shows it,
 * or what is missing. A row without either does not pass.
 */
export type Duty = {
  what: string;
  article: string;
  /** Files of the program that keep it. */
  kept?: readonly string[];
  /** A test file, and words of the name of a test in it. */
  shown?: readonly (readonly [file: string, name: string])[];
  /** In words, for whoever decides: what is not there yet, or is not the program's to keep. */
  missing?: string;
};

export const duties: readonly Duty[] = [
  {
    what: 'minimal fields, no free columns',
    article: '个人信息保护法 6, 34',
    kept: ['shared/ledgers/check.ts'],
    shown: [['tests/core/ledger/record.test.ts', 'unknown codes, fields, records']],
    missing: 'fields that are off until a unit turns them on: no register has any yet',
  },
  {
    what: 'a class for every field',
    article: '个人信息保护法 51(二), 数据安全法 21, 网络安全法 23(四)',
    kept: ['shared/ledgers/veil.ts', 'main/core/sealing/content.ts'],
    shown: [
      ['tests/core/session/leaks.test.ts', 'the class of a field'],
      ['tests/core/session/leaks.test.ts', 'a sealed record is in no answer'],
    ],
    missing: '封存 is a state of whole records, not a class that a description gives a single field',
  },
  {
    what: 'access by role, register and unit',
    article: '个人信息保护法 51(四), 网络数据安全管理条例 9',
    kept: [
      'shared/api/rights.ts',
      'main/core/api/scope.ts',
      'main/core/api/dispatch.ts',
      'main/core/api/handlers/sealing.ts',
    ],
    shown: [
      ['tests/core/session/rights.test.ts', 'refuses whoever has none'],
      ['tests/core/session/leaks.test.ts', 'sees nothing of another station'],
      ['tests/core/session/part-of-the-ledger.test.ts', 'finds nothing of the others'],
      ['tests/core/session/field-matrix.test.ts', 'sees neither a field nor that there is a record'],
      ['tests/core/session/scope-beside.test.ts', 'is not to be pointed at'],
      ['tests/core/session/scope-accounts.test.ts', 'nobody gets more than its own units'],
      ['tests/core/session/menu.test.ts', 'open without a refusal, and nothing is missing'],
      ['tests/core/session/sealing.test.ts', 'cannot confirm it himself'],
      ['tests/core/session/sealing-key.test.ts', 'one account alone is told what to do'],
    ],
  },
  {
    what: 'personal accounts, locks, three duties apart; below three accounts the county reads the log',
    article: 'GB/T 22239-2019 under 网络安全法 23',
    kept: [
      'main/core/security/accounts.ts',
      'main/core/security/tries.ts',
      'shared/domain/safety-duties.ts',
      'main/core/audit/log-check.ts',
      'main/core/audit/log-register.ts',
    ],
    shown: [
      ['tests/core/session/foreign-log.test.ts', 'whatever is changed in the file is found'],
      ['tests/core/session/foreign-log.test.ts', 'it is found by what was checked before'],
      ['tests/core/session/foreign-log.test.ts', 'its code is compared on the telephone'],
      ['tests/core/session/foreign-log.test.ts', 'read in the same words as the own ones'],
      ['tests/core/session/accounts.test.ts', 'nobody holds two of the three'],
      ['tests/core/session/accounts.test.ts', 'ten wrong passwords lock'],
      ['tests/core/session/accounts.test.ts', 'within minutes of a typed password'],
    ],
  },
  {
    what: 'masks, the whole value for a reason that is logged',
    article: '个人信息保护法 51(三), GB/T 37964-2019',
    kept: [
      'shared/domain/masking.ts',
      'main/core/ledgers/veil.ts',
      'main/core/api/veiled.ts',
      'main/core/api/shown.ts',
      'main/core/api/view-log.ts',
    ],
    shown: [
      ['tests/core/session/leaks.test.ts', 'sees no name, number'],
      ['tests/core/session/field-matrix.test.ts', 'no field of any record is told'],
      ['tests/core/session/masked-acts.test.ts', 'a save and a step'],
      ['tests/core/session/masked-acts.test.ts', 'no other method says so of itself'],
      ['tests/core/session/leaks.test.ts', 'the log has the reason'],
      ['tests/core/session/whole-views.test.ts', 'sees nothing whole without an entry that says so'],
      ['tests/core/session/whole-views.test.ts', 'decided what it shows, and how that is logged'],
      ['tests/core/session/whole-views.test.ts', 'there is an entry of the last minute that names it'],
      ['tests/core/session/whole-views.test.ts', 'what could not be logged is not shown'],
    ],
    missing:
      'one reason holds for a session, ten hours at most (a working day), not for each value: what is seen under it is logged ' +
      'record by record',
  },
  {
    what: 'a log of who, when, on which machine, what, that only grows, chained, six months at least',
    article: '网络安全法 23(三), 网络数据安全管理条例 12, 个人信息保护法 56',
    kept: ['main/core/audit/chain.ts', 'main/core/audit/heads.ts', 'seeds/retention/logs.json'],
    shown: [
      ['tests/core/session/foreign-log.test.ts', 'on which installation and machine it was made'],
      ['tests/core/session/audit.test.ts', 'any entry changed'],
      ['tests/core/session/audit-heads.test.ts', 'each is found'],
      ['tests/core/retention/review.test.ts', 'looking at it cuts nothing'],
      ['tests/core/session/clock-set-back.test.ts', 'says that the clock was set back'],
    ],
    missing: 'SM3 in place of SHA-256',
  },
  {
    what: 'encryption at rest',
    article: '个人信息保护法 51(三), 网络数据安全管理条例 9, 网络安全法 23(四)',
    kept: ['main/core/db/connection.ts', 'main/core/db/object-format.ts', 'main/core/security/key-file.ts'],
    shown: [
      ['tests/faults/scan.test.ts', 'is found zero times'],
      ['tests/e2e/traces.spec.ts', 'is found zero times'],
    ],
    missing:
      'SM4 (the cipher is AEGIS-256 over pages, AES-256-GCM over keys and objects); while the level above is asked for ' +
      'help, password.request names the account in clear: at the door it is shown for whom, before there is a key',
  },
  {
    what: 'commercial cryptography by level of protection',
    article: '商用密码管理条例 38–42, 密码法 8, 27',
    missing: 'a profile of SM2, SM3 and SM4: with packages; the program claims no assessment',
  },
  {
    what: 'encrypted copies, restores rehearsed and logged',
    article: '网络安全法 23(四), 网络数据安全管理条例 9',
    kept: ['main/core/db/backup.ts', 'main/core/api/automatic-backup.ts'],
    shown: [
      ['tests/db/backup.test.ts', 'a copy is read through before it gets its name'],
      ['tests/faults/disk-full.test.ts', 'the disk runs full'],
      ['tests/faults/restore.test.ts', 'interrupted between every two steps'],
      ['tests/core/session/clock-set-back.test.ts', 'none of them is given up'],
      ['tests/core/care/drill.test.ts', 'listed and logged'],
      ['tests/e2e/drill.spec.ts', 'a drill on a clean PC by the page alone'],
    ],
  },
  {
    what: 'figures first: rows go up only where a rule asks for them',
    article: '个人信息保护法 6, 34',
    missing: 'packages (issue 8)',
  },
  {
    what: 'small cells of minors are not printed outside the county',
    article: '未成年人保护法 103, 统计法 28',
    kept: ['shared/domain/small-cells.ts', 'main/core/statistics/outside.ts'],
    shown: [
      ['tests/core/correction/small-cells.test.ts', 'a rate is told only with both its sides'],
      ['tests/core/correction/small-cells.test.ts', 'makes no table for others'],
      ['tests/core/session/menu.test.ts', 'who may print figures for others'],
      ['tests/e2e/figure-sheet.spec.ts', 'the table for others is not its to choose'],
    ],
    missing: 'tables of other levels (issue 7)',
  },
  {
    what: 'procedure after a breach: form, mend, notify',
    article: '个人信息保护法 57, 网络安全法 27, 44, 网络数据安全管理条例 11, 数据安全法 29',
    kept: [
      'shared/ledgers/incidents.ts',
      'seeds/deadlines/incidents.json',
      'main/core/documents/safety-papers.ts',
    ],
    shown: [
      ['tests/core/safety/incidents.test.ts', 'to be reported and told to the persons on the day'],
      ['tests/core/safety/incidents.test.ts', 'settled with everything the law wants told'],
      ['tests/core/safety/incidents.test.ts', 'report and notice say what the record says'],
      ['tests/core/safety/incidents.test.ts', 'a notice for everybody in one print'],
    ],
    missing: 'hours: the four of 国家网络安全事件报告管理办法 4 are named in the rule, the board counts days',
  },
  {
    what: 'periods of keeping, list for review, destruction with approval',
    article: '个人信息保护法 19, 47, 档案法实施条例 24',
    kept: [
      'seeds/retention/kinds.json',
      'main/core/retention/files.ts',
      'main/core/retention/destruction.ts',
      'main/core/retention/carry-out.ts',
      'main/core/retention/list-digests.ts',
      'main/core/api/destroyed-again.ts',
    ],
    shown: [
      ['tests/core/retention/review.test.ts', 'before the bureau entered a period that was approved'],
      ['tests/core/retention/review.test.ts', 'names every file with room for the opinion'],
      ['tests/core/retention/approval.test.ts', 'refused to whoever put files on the list'],
      ['tests/core/retention/carry-out.test.ts', 'is found in no page, log, draft or object any more'],
      ['tests/core/retention/carry-out.test.ts', 'leaves every file whole or gone'],
      ['tests/core/retention/restored.test.ts', 'knows nothing of the list gets it back'],
      ['tests/core/retention/kept-before.test.ts', 'it stays destroyed'],
      ['tests/faults/destruction.test.ts', 'gone in both, or in neither'],
      ['tests/core/retention/against-log.test.ts', 'one put on it that nobody approved'],
      ['tests/core/retention/set-aside.test.ts', 'the log says what and by whom'],
      ['tests/core/retention/sealed-files.test.ts', 'neither listed nor kept on'],
    ],
    missing:
      'copies made before a destruction hold the files until they are given up in their turn, and the dialog says until when; ' +
      'restoring one destroys them again. What a restore put aside can be given up at once',
  },
  {
    what: 'sealing, its task within three days, its store, its register of enquiries',
    article: '刑事诉讼法 286, 未成年人犯罪记录封存实施办法 13',
    kept: [
      'main/core/sealing/content.ts',
      'main/core/sealing/enquiries.ts',
      'main/core/security/sealing-key.ts',
      'main/core/security/identity.ts',
      'main/core/api/sealed-again.ts',
      'main/core/sealing/proposal.ts',
    ],
    shown: [
      ['tests/core/session/sealing.test.ts', 'nothing of it is left in a page'],
      ['tests/core/session/sealing.test.ts', 'registered by one and answered by another'],
      ['tests/core/session/sealing-key.test.ts', 'the data key opens nothing of it'],
      ['tests/core/session/sealing-key.test.ts', 'is sealed again before anybody sees it'],
      ['tests/core/session/ledger-identity.test.ts', 'is named nowhere in clear'],
      ['tests/core/session/sealing-edges.test.ts', 'is gone from a locked session'],
      ['tests/core/session/sealing-edges.test.ts', 'pages that were freed hold nothing of before'],
      ['tests/core/session/sealing-enquiry.test.ts', 'a part of one finds nobody'],
      ['tests/core/persons/sealed-decisions.test.ts', 'leave with the record and stand again'],
      ['tests/core/correction/sealing-task.test.ts', 'it stands on the board with the number of the file'],
      ['tests/core/correction/sought.test.ts', 'no role finds a trace of it by any way'],
      ['tests/core/session/scope-beside.test.ts', 'nothing of another unit is sealed along'],
    ],
    missing:
      'copies made before a ' +
      'sealing hold the record under the key of the ledger until they are given up, and are sealed when they come back; which ' +
      'records are sealed stands in the ledger and beside it under the key of the ledger, which every account holds',
  },
  {
    what: 'self-check for the audit of compliance',
    article: '个人信息保护法 54',
    kept: ['main/core/api/handlers/self-check.ts', 'shared/text/self-check.ts'],
    shown: [['tests/core/safety/incidents.test.ts', 'the self-check counts what is there']],
  },
  {
    what: 'assessment of impact before sensitive data is processed, kept three years',
    article: '个人信息保护法 55, 56',
    kept: [
      'shared/ledgers/incidents.ts',
      'seeds/templates/safety/assessment-report.json',
      'seeds/templates/safety/program-assessment.json',
      'main/core/api/program-assessment.ts',
    ],
    shown: [
      ['tests/core/safety/incidents.test.ts', 'approved with all that the law asks of it'],
      ['tests/core/safety/incidents.test.ts', 'begins with what it knows'],
    ],
  },
  {
    what: 'persons are told what is processed; a rule of its own for children under fourteen',
    article: '个人信息保护法 17, 30, 31, 35, 网络数据安全管理条例 21',
    kept: ['seeds/templates/safety/privacy-notice.json', 'seeds/templates/safety/minors-rule.json'],
    shown: [['tests/core/safety/incidents.test.ts', 'but every form']],
    missing: 'whether a party was told is on paper, in the file; no field of the case says so',
  },
  {
    what: 'the maker keeps and sees nothing, no telemetry, no socket',
    article: '数据安全法 40, 网络数据安全管理条例 16, 个人信息保护法 21, 36, 51',
    kept: ['main/electron/security/decisions.ts', 'main/electron/security/harden.ts'],
    shown: [
      ['tests/e2e/security-outside.spec.ts', 'no request reaches a server'],
      ['tests/e2e/security-outside.spec.ts', 'no socket to another machine'],
      ['tests/e2e/watched.end.ts', 'opened a network socket in the whole run'],
    ],
  },
  {
    what: 'electronic archives: true source, ordered procedure, whole elements',
    article: '档案法 37, 实施条例 39–40',
    kept: ['main/core/documents/issued.ts', 'main/core/ledgers/versions.ts'],
    shown: [['tests/core/ledger/history.test.ts', 'before and after']],
  },
  {
    what: 'accuracy: checks, and the history of corrections',
    article: '个人信息保护法 8, 46',
    kept: ['shared/ledgers/check.ts', 'main/core/ledgers/history.ts'],
    shown: [['tests/core/ledger/history.test.ts', 'before and after']],
  },
  {
    what: 'no state secrets: said where one signs in',
    article: '保守国家秘密法 31(三), 64',
    kept: ['renderer/components/StartCard.tsx'],
    shown: [['tests/architecture/data-rules.test.ts', 'no state secrets is said']],
  },
  {
    what: 'packages: manifest, encryption to the receiver, signature, sequence, receipt',
    article: '个人信息保护法 55(三), 网络数据安全管理条例 12',
    missing: 'packages (issue 8)',
  },
  {
    what: 'registers of media, exports and imports, three years',
    article: '网络数据安全管理条例 12; 介质管理 of GB/T 22239-2019',
    kept: ['main/core/audit/transfers.ts', 'shared/domain/transfers.ts', 'shared/ledgers/media.ts'],
    shown: [
      ['tests/core/safety/transfers.test.ts', 'every method that writes a file outside is an export'],
      ['tests/core/safety/transfers.test.ts', 'stands in the register until somebody says where it went'],
      ['tests/core/safety/media.test.ts', 'a number is given to one medium only'],
      ['tests/core/safety/media.test.ts', 'scrapped says where, how and who supervised'],
    ],
  },
  {
    what: 'who is under correction, and where he was, is told for that work alone; an evaluation to nobody else',
    article: '社区矫正法 26, 29, 实施办法 14',
    kept: ['shared/ledgers/correction/person.ts', 'shared/ledgers/correction/positioning.ts'],
    shown: [
      ['tests/core/session/field-matrix.test.ts', 'every such field of every register stands in a record'],
      ['tests/core/session/field-matrix.test.ts', 'no field of any record is told'],
    ],
    missing:
      'tracks and places of a positioning are not kept at all: the register has its ground and its days',
  },
  {
    what: 'a minor is named nowhere, nor told by what identifies him',
    article: '社区矫正法 54, 未成年人保护法 103, 预防未成年人犯罪法 3, 59',
    kept: ['shared/domain/minors.ts', 'main/core/sealing/content.ts', 'shared/domain/small-cells.ts'],
    shown: [
      ['tests/core/correction/sought.test.ts', 'no role finds a trace of it by any way'],
      ['tests/core/correction/sealing-task.test.ts', 'without a name'],
      ['tests/core/session/field-matrix.test.ts', 'no field of any record is told'],
    ],
  },
  {
    what: 'records of violations of public security are sealed',
    article: '治安管理处罚法 136',
    kept: ['shared/domain/sealing.ts'],
    shown: [['tests/core/retention/sealed-files.test.ts', 'sealed otherwise']],
    missing: 'no register of sanctions: it is a ground for sealing what stands in the others',
  },
  {
    what: 'mediators leak neither privacy nor business secrets',
    article: '人民调解法 15(四)',
    kept: ['shared/ledgers/veil.ts', 'shared/ledgers/telling.ts'],
    shown: [['tests/core/session/field-matrix.test.ts', 'no field of any record is told']],
  },
  {
    what: 'who may be liable for a leak is known by name, and every export with its size is in the log',
    article: '刑法 253-1, 两高解释 5, 社区矫正法 61(四), 个人信息保护法 68, 数据安全法 49, 居民身份证法 19',
    kept: ['main/core/api/leaving.ts', 'main/core/audit/transfers.ts', 'shared/domain/transfers.ts'],
    shown: [
      ['tests/core/safety/transfers.test.ts', 'every method that writes a file outside is an export'],
      ['tests/core/safety/transfers.test.ts', 'every page that goes to a printer is an export'],
      ['tests/core/session/audited.test.ts', 'leaves the machine stands in the log each time'],
    ],
  },
  {
    what: 'what is published holds no privacy and no business secrets',
    article: '政府信息公开条例 15, 16',
    missing:
      'the report is figures and texts typed by hand: the program looks for no names in what somebody typed',
  },
  {
    what: 'state secrets, business secrets and privacy in legal aid',
    article: '法律援助法 21, 61(六), 63(四)',
    missing: 'there is no register of legal aid yet',
  },
  {
    what: 'files that are kept longer go to the archive after the years of its level',
    article: '档案法实施条例 19, 20',
    kept: ['shared/domain/retention.ts', 'main/core/retention/files.ts'],
    shown: [
      ['tests/core/retention/review.test.ts', 'go to the archive after ten years'],
      ['tests/unit/domain/retention.test.ts', 'of a city or province after twenty'],
      ['tests/core/retention/review.test.ts', 'without the letter that approved it'],
    ],
  },
  {
    what: 'a manager of one unit gives no rights in another',
    article: '个人信息保护法 51(四)',
    kept: ['main/core/api/handlers/accounts.ts', 'main/core/api/scope.ts'],
    shown: [
      ['tests/core/session/scope-accounts.test.ts', 'nobody gets more than its own units'],
      ['tests/core/session/scope-accounts.test.ts', 'accounts of other units are none'],
    ],
  },
  {
    what: 'spreadsheets do not carry formulas out',
    article: '数据安全 (design)',
    missing: 'spreadsheets (issue 9)',
  },
];
