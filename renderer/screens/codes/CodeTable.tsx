import { today } from '#renderer/state/clock.ts';
import type { OutputOf } from '#shared/api/methods.ts';
import { type CodeItem, type CodeList, typedNumbersOn } from '#shared/domain/code-list.ts';
import { codesText } from '#shared/text/codes.ts';
import { shownPattern } from '#shared/text/numbering.ts';
import { commonText } from '#shared/text/window.ts';

export type Use = OutputOf<'codes.use'>;

/** How many records carry a code, and until when. */
export function useText(use: Use, code: string): string {
  const found = use.find((one) => one.code === code);
  if (!found) return codesText.records(0);
  return codesText.usedUntil(found.records, found.last);
}

/** Names are shown as they are; forms of case numbers hold slots, which are read in Chinese. */
const nameOf = (list: CodeList, { label }: CodeItem) =>
  list.list === 'caseNumberPattern' ? shownPattern(label) : label;

export function CodeTable({ list, use }: { list: CodeList; use: Use }) {
  const numbers = typedNumbersOn(list, today());
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col" title={codesText.numberHint}>
            {codesText.number}
          </th>
          <th scope="col">{codesText.label}</th>
          <th scope="col">{codesText.aliases}</th>
          <th scope="col">{codesText.validFrom}</th>
          <th scope="col">{codesText.validTo}</th>
          <th scope="col">{codesText.used}</th>
        </tr>
      </thead>
      <tbody>
        {list.items.map((item) => {
          const hasEnded = item.validTo !== undefined && item.validTo < today();
          return (
            <tr key={item.code}>
              <td className="nowrap codes-number">{numbers.get(item.code)}</td>
              <td className={item.under === undefined ? undefined : 'codes-under'}>
                {item.heading ? <strong>{nameOf(list, item)}</strong> : nameOf(list, item)}
                {hasEnded && <span className="quiet">{commonText.aside(codesText.ended)}</span>}
              </td>
              <td>{item.aliases?.join(commonText.comma)}</td>
              <td className="nowrap">{item.validFrom}</td>
              <td className="nowrap">{item.validTo}</td>
              <td className="nowrap quiet">{item.heading ? '' : useText(use, item.code)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
