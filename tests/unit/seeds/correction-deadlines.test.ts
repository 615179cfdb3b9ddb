// Every rule of community correction by a case counted by hand, with its article: days, working days, months, holidays,
// days worked to make up for them, a last day that is off.
import { expect, test } from 'vitest';
import { seedYears } from '#core/cases/calendars.ts';
import { seedRules } from '#core/cases/rules.ts';
import { deadlineOf } from '#shared/domain/deadline.ts';
import { createWorkCalendar } from '#shared/domain/working-days.ts';
import { correctionLedgers } from '#shared/ledgers/all.ts';

const calendar = createWorkCalendar(seedYears());
const rules = seedRules().filter(({ ledger }) => correctionLedgers.some(({ name }) => name === ledger));
const ruleOf = (code: string) => {
  const rule = rules.find((one) => one.code === code);
  if (!rule) throw new Error(`no rule ${code}`);
  return rule;
};

type Content = Record<string, unknown>;
const dueOf = (code: string, content: Content, state?: string): string => {
  const rule = ruleOf(code);
  const found = deadlineOf(rule, { state: state ?? rule.states[0] ?? '', content }, () => calendar);
  return found.is === 'open' ? found.due.dueOn : found.is;
};

/** Rule, article, what it is a case of, what the record says, the last day (or that nothing is due). */
const table = `
evaluation.ordinary | 第十四条 | ten working days | receivedOn 2025-06-16 | 2025-06-30
evaluation.ordinary | 第十四条 | received on a Saturday | receivedOn 2025-06-14 | 2025-06-27
evaluation.ordinary | 第十四条 | over 1 May, a Sunday worked for it | receivedOn 2025-04-25 | 2025-05-13
evaluation.ordinary | 第十四条 | over the New Year of 2025 | receivedOn 2025-01-24 | 2025-02-13
evaluation.ordinary | 第十四条 | as agreed | receivedOn 2025-06-16, extendedTo 2025-07-11, extensionAgreedOn 2025-06-27 | 2025-07-11
evaluation.ordinary | 第十四条 | a day agreed on by nobody | receivedOn 2025-06-16, extendedTo 2025-07-11 | 2025-06-30
evaluation.ordinary | 第十四条 | issued | receivedOn 2025-06-16, issuedOn 2025-06-20 | met
evaluation.ordinary | 第十四条 | sent back | receivedOn 2025-06-16, returnedOn 2025-06-20 | met
evaluation.ordinary | 第十四条 | in the speedy procedure | receivedOn 2025-06-16, procedure speedy | none
evaluation.speedy | 第十四条 | five working days | receivedOn 2025-06-16, procedure speedy | 2025-06-23
evaluation.speedy | 第十四条 | over October | receivedOn 2025-09-26, procedure speedy | 2025-10-10
evaluation.ordinary | 第十四条 | over October, a Sunday and a Saturday worked for it | receivedOn 2025-09-26 | 2025-10-16
evaluation.ordinary | 第十四条 | over the New Year of 2026, two Saturdays worked for it | receivedOn 2026-02-12 | 2026-03-04
evaluation.speedy | 第十四条 | received on a Saturday that is worked | receivedOn 2025-10-11, procedure speedy | 2025-10-17
evaluation.speedy | 第十四条 | as agreed | receivedOn 2025-06-16, procedure speedy, extendedTo 2025-06-27, extensionAgreedOn 2025-06-20 | 2025-06-27
evaluation.copy | 第十四条 | at once | issuedOn 2025-06-20 | 2025-06-20
evaluation.copy | 第十四条 | copied | issuedOn 2025-06-20, copiedOn 2025-06-20 | met
correction.documents | 第二十条 | ten days | effectiveOn 2025-02-25 | 2025-03-07
correction.documents | 第二十条 | received | effectiveOn 2025-02-25, documentsOn 2025-03-01 | met
correction.receipt | 第十六条 | five days | documentsOn 2025-02-25 | 2025-03-02
correction.missing | 第十六条 | on the day | documentsOn 2025-03-03, missingPapers 执行通知书 | 2025-03-03
correction.missing | 第十六条 | asked for | documentsOn 2025-03-03, missingPapers 执行通知书, supplementAskedOn 2025-03-04 | met
correction.missing | 第十六条 | nothing missing | documentsOn 2025-03-03 | none
correction.supplement | 第十六条 | five days | supplementAskedOn 2024-02-26 | 2024-03-02
correction.report | 第二十一条第一款 | ten days | effectiveOn 2025-02-25, category 02 | 2025-03-07
correction.report | 第二十一条第一款 | the last day a Saturday | effectiveOn 2025-02-26, category 01 | 2025-03-10
correction.report | 第二十一条第一款 | the last day in the holidays of October | effectiveOn 2025-09-22, category 03 | 2025-10-09
correction.report | 第二十一条第一款 | the last day a Sunday that is worked | effectiveOn 2025-09-18, category 02 | 2025-09-28
correction.report | 第二十一条第一款 | the last day the first of May | effectiveOn 2025-04-21, category 02 | 2025-05-06
correction.report | 第二十一条第一款 | the last day in the New Year of 2026 | effectiveOn 2026-02-06, category 02 | 2026-02-24
correction.report | 第二十一条第一款 | the last day a Saturday that is worked | effectiveOn 2025-10-01, category 02 | 2025-10-11
correction.lateWarning | 第三十五条 | ten days after the last day to report in | reportDueOn 2025-03-07, category 02 | 2025-03-17
correction.lateWarning | 第三十五条 | warned | reportDueOn 2025-03-07, category 01, lateWarnedOn 2025-03-18 | met
correction.lateWarning | 第三十五条 | reported on the tenth day | reportDueOn 2025-03-07, category 02, reportedOn 2025-03-17 | met
correction.lateWarning | 第三十五条 | reported on the eleventh | reportDueOn 2025-03-07, category 02, reportedOn 2025-03-18 | 2025-03-17
correction.lateWarning | 第三十五条 | a proposal instead | reportDueOn 2025-03-07, category 02, reportedOn 2025-05-18, lateProposedOn 2025-05-19 | met
correction.lateWarning | 第三十五条 | with good reason | reportDueOn 2025-03-07, category 02, reportedOn 2025-03-18, lateExcuse 住院 | met
correction.lateAdmonition | 第三十四条 | reported on the tenth day | reportDueOn 2025-03-07, category 02, reportResult 02, reportedOn 2025-03-17 | 2025-03-17
correction.lateAdmonition | 第三十四条 | reported on the eleventh | reportDueOn 2025-03-07, category 02, reportResult 02, reportedOn 2025-03-18 | none
correction.lateAdmonition | 第三十四条 | in time | reportDueOn 2025-03-07, category 02, reportResult 01, reportedOn 2025-03-07 | none
correction.lateAdmonition | 第三十四条 | admonished | reportDueOn 2025-03-07, category 01, reportResult 02, reportedOn 2025-03-10, lateAdmonishedOn 2025-03-11 | met
correction.lateAdmonition | 第三十四条 | with good reason | reportDueOn 2025-03-07, category 01, reportResult 02, reportedOn 2025-03-10, lateExcuse 住院 | met
correction.lateWarning | 第三十五条 | who is handed over | reportDueOn 2025-03-07, category 04 | none
correction.lateRevocation | 第四十六条、第四十七条 | a month into the end of February | reportDueOn 2025-01-31, category 02 | 2025-02-28
correction.lateRevocation | 第四十六条、第四十七条 | a month, 假释 | reportDueOn 2025-03-07, category 03 | 2025-04-07
correction.lateRevocation | 第四十六条、第四十七条 | reported on the last day of the month | reportDueOn 2025-01-31, category 02, reportedOn 2025-02-28 | met
correction.lateRevocation | 第四十六条、第四十七条 | reported a day later | reportDueOn 2025-01-31, category 02, reportedOn 2025-03-01 | 2025-02-28
correction.lateRevocation | 第四十六条、第四十七条 | with good reason | reportDueOn 2025-01-31, category 02, reportedOn 2025-03-01, lateExcuse 住院 | met
correction.lateRevocation | 第四十六条、第四十七条 | proposed | reportDueOn 2025-03-07, category 02, lateProposedOn 2025-04-09 | met
correction.lateRevocation | 第四十六条、第四十七条 | 管制 has no such term | reportDueOn 2025-03-07, category 01 | none
correction.custody | 第三十二条 | three days, holiday or not | custodyOn 2025-04-30 | 2025-05-03
correction.custody | 第三十二条 | told | custodyOn 2025-04-30, custodyToldOn 2025-05-02 | met
correction.report | 第二十一条第一款 | who moved in | effectiveOn 2025-02-25, category 02, entry movedIn | none
correction.report | 第二十一条第一款 | who is transferred | effectiveOn 2025-02-25, category 04 | none
correction.report | 第二十一条第一款 | reported | effectiveOn 2025-02-25, category 02, reportedOn 2025-03-01 | met
correction.transfer | 第二十一条第二款、第三款 | ten days | effectiveOn 2025-02-25, category 04 | 2025-03-07
correction.transfer | 第二十一条第二款、第三款 | who reports himself | effectiveOn 2025-02-25, category 02 | none
correction.receive | 第二十二条 | on the day | reportedOn 2025-03-05 | 2025-03-05
correction.declare | 第二十二条 | ten days, the program’s own | receivedOn 2025-03-05 | 2025-03-15
correction.group | 第二十五条 | ten days, the program’s own | receivedOn 2025-03-05 | 2025-03-15
correction.plan | 第二十四条 | thirty days, the program’s own | receivedOn 2025-03-05 | 2025-04-04
correction.healthReport | 第二十四条 | a month | receivedOn 2025-01-31, category 04 | 2025-02-28
correction.healthReport | 第二十四条 | of another category | receivedOn 2025-01-31, category 02 | none
correction.reexamination | 第二十四条 | three months | receivedOn 2024-11-30, category 04, ground illness | 2025-02-28
correction.reexamination | 第二十四条 | on another ground | receivedOn 2024-11-30, category 04, ground care | none
correction.injunctionReport | 第二十四条 | a month, the program’s own | injunctionFrom 2025-03-05, injunction 不得进入夜总会 | 2025-04-05
correction.summary | 第五十三条 | thirty days before the end | termTo 2025-08-24 | 2025-07-25
correction.summary | 第五十三条 | over the end of February | termTo 2024-03-15 | 2024-02-14
correction.summary | 第五十三条 | back into a short month | termTo 2025-03-30 | 2025-02-28
correction.release | 第四十四条 | the last day in a holiday | termTo 2025-10-01 | 2025-10-01
correction.release | 第四十四条 | the last day | termTo 2025-08-24 | 2025-08-24
correction.release | 第四十四条 | released | termTo 2025-08-24, endedOn 2025-08-24 | met
correction.endNotice | 第四十四条、第五十一条 | at once | endedOn 2025-08-24 | 2025-08-24
correction.seal | 第十三条 | three days | endedOn 2025-08-24, isToSeal yes | 2025-08-27
correction.seal | 第十三条 | three days of a holiday count | endedOn 2025-09-30, isToSeal yes | 2025-10-03
correction.seal | 第十三条 | over the year | endedOn 2025-12-30, isToSeal yes | 2026-01-02
correction.seal | 第十三条 | sealed | endedOn 2025-08-24, isToSeal yes, sealedOn 2025-08-25 | met
correction.seal | 第十三条 | nothing to seal | endedOn 2025-08-24 | none
correction.seal | 第十三条 | ended before the rule | endedOn 2022-05-29, isToSeal yes | none
leave.station | 第二十七条 | seven days, both counted | leaveFrom 2025-06-01 | 2025-06-07
leave.county | 第二十七条 | thirty days, both counted | leaveFrom 2025-06-01 | 2025-06-30
leave.sum | 第二十七条 | thirty days | leaveFrom 2025-06-01 | 2025-06-30
leave.window | 第二十七条 | two months | leaveFrom 2025-06-10 | 2025-08-09
leave.window | 第二十七条 | two months into a short one | leaveFrom 2025-01-01 | 2025-02-28
leave.window | 第二十七条 | two months into a leap day | leaveFrom 2023-12-31 | 2024-02-29
leave.station | 第二十七条 | seven days over a month | leaveFrom 2024-02-27 | 2024-03-04
leave.apply | 第二十六条 | over the year | leaveFrom 2025-01-02 | 2024-12-30
leave.apply | 第二十六条 | three days before | leaveFrom 2025-03-02 | 2025-02-27
leave.return | 第二十八条 | the last day | leaveTo 2025-06-07 | 2025-06-07
leave.return | 第二十八条 | back | leaveTo 2025-06-07, returnedOn 2025-06-06 | met
leave.prosecutor | 第二十七条 | at once | approvedOn 2025-06-01, neededLevel city | 2025-06-01
leave.prosecutor | 第二十七条 | where the county approves | approvedOn 2025-06-01, neededLevel county | none
crossing.term | 第二十九条 | six months | validFrom 2025-01-01 | 2025-06-30
crossing.term | 第二十九条 | six months into February | validFrom 2025-08-31 | 2026-02-28
crossing.expiry | 第二十九条 | the last day | validTo 2025-06-30 | 2025-06-30
relocation.apply | 第三十条 | a month before | plannedOn 2025-03-31 | 2025-02-28
relocation.apply | 第三十条 | a month before, a short one | plannedOn 2025-07-31 | 2025-06-30
relocation.inquiry | 第三十条 | five days of a holiday | appliedOn 2025-09-30 | 2025-10-05
relocation.inquiry | 第三十条 | five days | appliedOn 2025-06-02 | 2025-06-07
relocation.reply | 第三十条 | five days | inquirySentOn 2025-06-05 | 2025-06-10
relocation.refusal | 第三十条 | five days | decidedOn 2025-06-12 | 2025-06-17
relocation.files | 第三十一条 | five days | decidedOn 2025-06-12 | 2025-06-17
relocation.receipt | 第三十一条 | five days | filesSentOn 2025-06-14 | 2025-06-19
relocation.report | 第三十一条 | seven days | toldOn 2025-06-13 | 2025-06-20
positioning.term | 第二十九条第二款 | three months | startsOn 2025-03-01 | 2025-05-31
positioning.term | 第二十九条第二款 | three months into February | startsOn 2024-12-01 | 2025-02-28
positioning.term | 第二十九条第二款 | three months from the 30th of November | startsOn 2024-11-30 | 2025-02-28
positioning.end | 第二十九条第二款 | the last day | lastDay 2025-05-31 | 2025-05-31
absence.search | 第三十条 | at once | foundOn 2025-06-02 | 2025-06-02
absence.warning | 第三十五条 | ten days | absentFrom 2025-06-01 | 2025-06-11
absence.warning | 第三十五条 | back on the tenth day | absentFrom 2025-06-01, backOn 2025-06-11 | met
absence.warning | 第三十五条 | back on the eleventh | absentFrom 2025-06-01, backOn 2025-06-12 | 2025-06-11
absence.warning | 第三十五条 | back later, and warned | absentFrom 2025-06-01, backOn 2025-06-12, warnedOn 2025-06-20 | met
absence.warning | 第三十五条 | with good reason | absentFrom 2025-06-01, backOn 2025-06-12, result 住院治疗，有正当理由 | met
absence.admonition | 第三十四条 | back on the tenth day | kind lost, absentFrom 2025-06-01, backOn 2025-06-11 | 2025-06-11
absence.admonition | 第三十四条 | back on the eleventh | kind lost, absentFrom 2025-06-01, backOn 2025-06-12 | none
absence.admonition | 第三十四条 | admonished | kind lost, absentFrom 2025-06-01, backOn 2025-06-05, admonishedOn 2025-06-06 | met
absence.admonition | 第三十四条 | with good reason | kind lost, absentFrom 2025-06-01, backOn 2025-06-05, result 有正当理由 | met
absence.admonition | 第三十四条 | never taken over | kind missed, absentFrom 2025-06-01, backOn 2025-06-05 | none
absence.revocation | 第四十六条、第四十七条 | back on the last day of the month | absentFrom 2025-01-31, backOn 2025-02-28, category 02 | met
absence.revocation | 第四十六条、第四十七条 | back a day later | absentFrom 2025-01-31, backOn 2025-03-01, category 02 | 2025-02-28
absence.revocation | 第四十六条、第四十七条 | a month | absentFrom 2025-01-31, category 02 | 2025-02-28
absence.revocation | 第四十六条、第四十七条 | 管制 has no such term | absentFrom 2025-01-31, category 01 | none
measure.revocation | 第四十六条、第四十八条 | thirty days | decidedOn 2025-05-06, kind revokeProbation | 2025-06-05
measure.imprisonment | 第四十九条 | thirty days | decidedOn 2025-05-06, kind imprison | 2025-06-05
measure.reduction | 第三十三条 | thirty days | decidedOn 2025-01-31, kind reduction | 2025-03-02
measure.arrest | 第四十七条 | forty-eight hours from a bare day | decidedOn 2025-06-27, kind arrest | 2025-06-29
measure.arrest | 第四十七条 | forty-eight hours over the year, holiday or not | decidedOn 2024-12-31, kind arrest | 2025-01-02
measure.reduction | 第三十三条 | thirty days over a leap day | decidedOn 2024-01-31, kind reduction | 2024-03-01
absence.revocation | 第四十六条、第四十七条 | a month into a leap day | absentFrom 2024-01-30, category 03 | 2024-02-29
measure.admonitions | 第三十五条 | the second | decidedOn 2025-06-02, kind admonition, rank 2 | 2025-06-02
measure.admonitions | 第三十五条 | the first | decidedOn 2025-06-02, kind admonition, rank 1 | none
measure.admonitions | 第三十五条 | followed by a warning | decidedOn 2025-06-02, kind admonition, rank 2, followed warned | met
measure.warnings | 第四十六条、第四十七条、第四十九条 | the second | decidedOn 2025-06-02, kind warning, rank 2, category 03 | 2025-06-02
oversight.reply | 第六十二条 | by the day of the letter | replyBy 2025-06-25 | 2025-06-25
oversight.suggestion | 第十九条 | two months | receivedOn 2025-06-10, kind suggestion | 2025-08-10
oversight.suggestion | 第十九条 | into the end of February | receivedOn 2024-12-31, kind suggestion | 2025-02-28
oversight.suggestion | 第十九条 | the letter names a day | receivedOn 2025-06-10, kind suggestion, replyBy 2025-06-25 | none
oversight.suggestion | 第十九条 | answered | receivedOn 2025-06-10, kind suggestion, repliedOn 2025-06-12 | met
oversight.undated | 第六十二条 | fifteen days, the program’s own | receivedOn 2025-06-10, kind correct | 2025-06-25
oversight.undated | 第六十二条 | a suggestion | receivedOn 2025-06-10, kind suggestion | none
oversight.undated | 第六十二条 | the letter names a day | receivedOn 2025-06-10, kind correct, replyBy 2025-06-20 | none
oversight.reply | 第六十二条 | answered | replyBy 2025-06-25, repliedOn 2025-06-20 | met
measure.security | 第四十六条、第四十九条 | punished, on probation | resultOn 2025-06-02, kind security, result granted, category 02 | 2025-06-02
measure.security | 第四十六条、第四十九条 | punished in part, outside prison | resultOn 2025-06-02, kind security, result partly, category 04 | 2025-06-02
measure.security | 第四十六条、第四十九条 | not punished | resultOn 2025-06-02, kind security, result denied, category 02 | none
measure.security | 第四十六条、第四十九条 | of 管制, which nothing revokes | resultOn 2025-06-02, kind security, result granted, category 01 | none
measure.security | 第四十六条、第四十九条 | followed | resultOn 2025-06-02, kind security, result granted, category 02, followed proposed | met
measure.warnings | 第四十六条、第四十七条、第四十九条 | of 管制, which nothing revokes | decidedOn 2025-06-02, kind warning, rank 2, category 01 | none
`;

const readValue = (text: string): unknown =>
  text === 'yes' ? true : /^\d$/.test(text) ? Number(text) : text;
const cases = table
  .trim()
  .split('\n')
  .map((line): [rule: string, article: string, what: string, content: Content, due: string] => {
    const [rule = '', article = '', what = '', said = '', due = ''] = line.split(' | ');
    const content = said.split(', ').map((one) => {
      const at = one.indexOf(' ');
      return [one.slice(0, at), readValue(one.slice(at + 1))] as const;
    });
    return [rule, article, what, Object.fromEntries(content), due];
  });

test.each(cases)('%s (%s): %s', (code, article, _what, content, due) => {
  expect(ruleOf(code).article).toBe(article);
  expect(dueOf(code, content)).toBe(due);
});

test('no rule is without a case', () => {
  const held = new Set(cases.map(([code]) => code));
  expect(rules.map(({ code }) => code).filter((code) => !held.has(code))).toEqual([]);
});

test('nothing is due in a state that a rule does not name', () => {
  for (const rule of rules) {
    const content = Object.fromEntries([...rule.trigger, 'isToSeal'].map((field) => [field, '2025-03-05']));
    expect(dueOf(rule.code, content, 'voided'), rule.code).not.toMatch(/^\d/);
  }
});
