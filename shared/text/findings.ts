import type { Finding, VerifyFinding } from '#shared/api/types.ts';
import type { DocumentFinding } from '#shared/document/findings.ts';
import { findingText } from '#shared/text/document.ts';

/** A finding of a document as windows, reports and the command line show it. */
export function findingOf(found: DocumentFinding): Finding {
  return {
    rule: found.kind,
    indicators: 'code' in found ? [found.code] : [],
    message: findingText(found),
  };
}

/** An issued paper that is no longer what was issued; the other checks name themselves in the same way. */
export const issueFinding = (id: string): VerifyFinding => ({
  check: 'issued-paper',
  object: id,
  message: '已出具的文书与出具时的内容不一致，不能再照原样打印；请恢复到较早的备份，或者重新出具。',
});

export const templateFinding = (id: string): VerifyFinding => ({
  check: 'own-template',
  object: id,
  message: '本单位模板与添加时的内容不一致，不能再用；请恢复到较早的备份，或者重新添加。',
});

export const sealedFinding = (id: string): VerifyFinding => ({
  check: 'sealed-content',
  object: id,
  message: '封存的内容丢失或者与封存时不一致，解除封存和查询时读不出来；请从较早的备份修复台账。',
});

export const listFinding = ({ list, record }: { list: string; record: string | null }): VerifyFinding => ({
  check: 'destruction-list',
  object: record ?? list,
  message:
    record === null
      ? `销毁清册“${list}”与操作日志里批准、实施时留下的校验码不一致，清册可能被改动过；请对照纸质清册，必要时从备份修复台账。`
      : `销毁清册“${list}”里这份案卷的内容或者销毁情况与操作日志不一致，可能被改动过；请对照纸质清册核实。`,
});
