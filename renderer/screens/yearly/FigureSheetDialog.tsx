import { Radio, Select } from 'antd';
import { useState } from 'react';
import { SheetDialog } from '#renderer/components/SheetDialog.tsx';
import { today } from '#renderer/state/clock.ts';
import { usePrint } from '#renderer/state/print.ts';
import { useSession } from '#renderer/state/program.ts';
import { printText } from '#shared/text/prints.ts';
import { figuresText, figureSheetText as say } from '#shared/text/yearly.ts';

type Props = { year: number; sections: readonly string[]; onClose(): void };

/**
 * A table of figures to the printer or into a file: whole for the bureau itself, without small cells for others. Who sees
 * the figures of some units only prints for those alone: the table for others is the whole ledger's.
 */
export function FigureSheetDialog({ year, sections, onClose }: Props) {
  const mayTellOthers = useSession()?.reach.isOfUnits === false;
  const [section, setSection] = useState(sections.at(-1) ?? '');
  const [isOutside, setIsOutside] = useState(mayTellOthers);
  const title = say.title(section, year);
  const work = usePrint({
    title: printText.pdfTitle(title),
    name: printText.fileName(title, today()),
    order: () => ({ method: 'indicator.print', input: { year, section, isOutside } }),
  });
  return (
    <SheetDialog title={figuresText.print} work={work} onClose={onClose}>
      <p>
        <label htmlFor="figure-section">{figuresText.section}</label>{' '}
        <Select
          id="figure-section"
          autoFocus
          value={section}
          style={{ minWidth: 220 }}
          options={sections.map((one) => ({ value: one, label: one }))}
          onChange={setSection}
        />
      </p>
      <Radio.Group
        className="print-choices"
        aria-label={say.forWhom}
        value={isOutside}
        onChange={(event) => setIsOutside(event.target.value === true)}
      >
        <Radio value={true} disabled={!mayTellOthers}>
          {say.toOthers}
        </Radio>
        <Radio value={false}>{say.within}</Radio>
      </Radio.Group>
      <p className="quiet">{isOutside ? say.toOthersHint : say.withinHint}</p>
      {!mayTellOthers && <p className="quiet">{say.notForOthers}</p>}
    </SheetDialog>
  );
}
