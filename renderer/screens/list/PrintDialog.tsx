import { Checkbox, Radio } from 'antd';
import { useRef, useState } from 'react';
import { SheetDialog } from '#renderer/components/SheetDialog.tsx';
import { today } from '#renderer/state/clock.ts';
import { usePrint } from '#renderer/state/print.ts';
import { useQuery } from '#renderer/state/queries.ts';
import type { InputOf } from '#shared/api/methods.ts';
import type { LedgerSpec } from '#shared/ledgers/describe.ts';
import { mappingText } from '#shared/text/mappings.ts';
import { printText } from '#shared/text/prints.ts';

type Props = { ledger: LedgerSpec; question: InputOf<'ledger.print'>; onClose(): void };

const yearsShown = 8;

/** The list as it stands, or the register of a year, to the printer or into a file. */
export function PrintDialog({ ledger, question, onClose }: Props) {
  const thisYear = Number(today().slice(0, 4));
  const [year, setYear] = useState<number | null>(null);
  const [lists, setLists] = useState<string[]>([]);
  const mappings = (useQuery('mapping.list', {}).value?.mappings ?? []).filter(
    (one) => one.ledger === ledger.name,
  );
  const asked = {
    ...(year === null ? question : { ledger: ledger.name, year }),
    ...(lists.length > 0 ? { mappings: lists } : {}),
  };
  const title = year === null ? ledger.title : printText.book(ledger.title, year);
  const work = usePrint({
    title: printText.pdfTitle(title),
    name: printText.fileName(title, today()),
    order: () => ({ method: 'ledger.print', input: asked }),
  });
  const choices = useRef<HTMLDivElement>(null);

  // The dialog would give the focus to whatever button comes first
  const focusChoice = (isOpen: boolean) => {
    if (isOpen) choices.current?.querySelector<HTMLElement>('input:checked')?.focus();
  };

  return (
    <SheetDialog title={printText.list} work={work} onClose={onClose} onOpened={focusChoice}>
      <Radio.Group
        ref={choices}
        className="print-choices"
        aria-label={printText.what}
        value={year ?? 0}
        onChange={(event) => setYear(event.target.value === 0 ? null : Number(event.target.value))}
      >
        <Radio value={0}>{printText.asShown}</Radio>
        {ledger.number &&
          Array.from({ length: yearsShown }, (_, back) => thisYear - back).map((one) => (
            <Radio key={one} value={one}>
              {printText.book(ledger.title, one)}
            </Radio>
          ))}
      </Radio.Group>
      {mappings.length > 0 && (
        <details className="print-lists">
          <summary>{mappingText.columns}</summary>
          <Checkbox.Group
            options={mappings.map(({ mapping, title }) => ({ value: mapping, label: title }))}
            value={lists}
            onChange={setLists}
          />
        </details>
      )}
    </SheetDialog>
  );
}
