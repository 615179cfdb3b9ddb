// Each step of community correction that a law times or gives to somebody, and by what the program keeps it: a rule of
// deadlines (its code), a rule of a register (@register rule article), or – why not. Nothing here may name what is not there,
// and no rule of deadlines may be missing here.
import { expect, test } from 'vitest';
import { seedRules } from '#core/cases/rules.ts';
import { correctionLedgers } from '#shared/ledgers/all.ts';

const table = `
委托、材料收到 | 法18，办法13 | @evaluation receivedOn
调查评估十个工作日 | 办法14 | evaluation.ordinary
速裁五个工作日 | 办法14 | evaluation.speedy
协商延长、无法评估、退回 | 办法14 | @evaluation extendedTo, @evaluation impossibleReason, @evaluation returnReason
抄送检察院 | 办法14 | evaluation.copy
公安、检察院判决前委托 | 高检规则277 | @evaluation source
决定机关五日内通知 | 法20 | – 决定机关的期限，通知与文书一并登记，催告从文书送达起
法律文书十日送达 | 法20 | correction.documents
送达回执五日 | 办法16 | correction.receipt
文书不齐，通知补齐 | 办法16 | correction.missing
文书不齐，五日补齐 | 办法16 | correction.supplement
报到十日 | 法21 | correction.report
暂予监外执行十日移送 | 法21 | correction.transfer
接收登记 | 法22 | correction.receive, @correction decidedBy 社区矫正法第二十二条
入矫宣告 | 法22 | correction.declare
矫正小组，女性成员 | 法25 | correction.group, @correction hasRow 第二十五条
未成年人的小组成员 | 法52 | @correction hasRow 第五十二条
矫正方案 | 法24 | correction.plan
分类管理 | 法3、24，办法21 | @correction levels
定期报告 | 法23，办法24 | @contact kind – 频次由省和管理类别定，全国没有日数
禁止令遵守情况报告 | 办法24 | correction.injunctionReport
每月身体情况报告 | 办法24 | correction.healthReport
三个月病情复查 | 办法24 | correction.reexamination
会客、特定场所审批 | 办法25 | @contact kind – 没有期限；审批表随文书
外出提前三日申请 | 办法26 | leave.apply
七日以内司法所 | 办法27 | leave.station, @leave decidedBy 外出超过七日
三十日以内县级 | 办法27 | leave.county
两个月累计三十日，上一级 | 办法27 | leave.sum, leave.window, @leave decidedBy 两个月内累计
通报检察院 | 办法27 | leave.prosecutor
返回销假 | 办法28 | leave.return, @leave oneAtATime 第二十八条
经常性跨市县六个月 | 办法29 | crossing.term, crossing.expiry, @crossing decidedBy 第二十九条
变更执行地提前一个月 | 办法30 | relocation.apply
征求意见五日、答复五日、告知五日 | 办法30 | relocation.inquiry, relocation.reply, relocation.refusal, @relocation decidedBy 第三十条
移交五日、回执五日、报到七日 | 办法31 | relocation.files, relocation.receipt, relocation.report
表扬满六个月 | 办法33 | @measure lasts 第三十三条
训诫、警告、表扬由县级决定 | 法28，办法33–35 | @measure decidedBy 社区矫正法第二十八条
治安处罚、撤缓、撤假、收监、逮捕、减刑由县级提请 | 法33、46–49、59 | @measure decidedBy 各项提请
电子定位三个月，延长三个月 | 法29 | positioning.term, positioning.end, @positioning rowsInTime 第二十九条第二款, @positioning decidedBy 负责人批准
失联立即查找 | 法30 | absence.search, @correction searchedOn
脱管超过十日警告 | 办法35 | absence.warning
脱管超过一个月提请撤销 | 办法46、47 | absence.revocation
脱管未超过十日训诫 | 办法34 | absence.admonition, @absence admonishedOn
不按时报到未超过十日、超过十日、一个月 | 办法34、35、46、47 | correction.lateAdmonition, correction.lateWarning, correction.lateRevocation, @correction reportDueOn, @correction lateExcuse
两次训诫警告 | 办法35 | measure.admonitions
两次警告提请撤销、收监 | 办法46、47、49 | measure.warnings
治安处罚后仍不改正提请 | 办法46、49 | measure.security, @measure followed
拘留、强制措施三日内通知 | 法32，办法41 | correction.custody, @correction custodyOn – 期限由采取措施的机关承担，起算日登记后提醒索取通知
减刑三十日裁定 | 法33 | measure.reduction
撤销缓刑、假释三十日裁定 | 法46、48 | measure.revocation
逮捕四十八小时 | 法47 | measure.arrest
逮捕后羁押不超过三十日 | 法48 | measure.revocation – 与裁定期限同一日数
收监三十日决定 | 法49 | measure.imprisonment
期满前三十日总结、鉴定 | 办法53 | correction.summary
期满解除 | 法44 | correction.release
解除、终止、死亡的通知 | 法44、45、51 | correction.endNotice
检察院纠正意见、检察建议 | 法62 | oversight.reply, oversight.suggestion, oversight.undated, @oversight declineReason
不准出境报备 | 国移民公〔2021〕420号 | @correction exitBanOn
期满时被采取强制措施 | 司办通〔2021〕94号 | – 没有读到正文
未成年人记录三日封存 | 封存办法13 | correction.seal
`;

type Row = { step: string; article: string; kept: string[]; why: string | null };
const rows = table
  .trim()
  .split('\n')
  .map((line): Row => {
    const [step = '', article = '', by = ''] = line.split(' | ');
    const [kept = '', why] = by.split('– ');
    return {
      step,
      article,
      kept: kept
        .split(', ')
        .map((one) => one.trim())
        .filter((one) => one !== ''),
      why: why ?? null,
    };
  });
const codes = seedRules()
  .filter(({ ledger }) => correctionLedgers.some(({ name }) => name === ledger))
  .map(({ code }) => code);

/** Whether a register has the field, the child, or a rule of this kind with these words. */
function stands(said: string): boolean {
  const [name, what = '', words] = said.slice(1).split(' ');
  const ledger = correctionLedgers.find((one) => one.name === name);
  if (!ledger) return false;
  if (words === undefined) return what in ledger.fields || what in ledger.children;
  return ledger.rules.some((rule) => rule.rule === what && JSON.stringify(rule).includes(words));
}

test.each(rows)('$step ($article)', ({ kept, why }) => {
  expect(kept.length > 0 || (why ?? '') !== '').toBe(true);
  for (const one of kept)
    if (one.startsWith('@')) expect(stands(one), one).toBe(true);
    else expect(codes).toContain(one);
});

test('every rule of deadlines stands in the table', () => {
  const named = new Set(rows.flatMap(({ kept }) => kept));
  expect(codes.filter((code) => !named.has(code))).toEqual([]);
});
