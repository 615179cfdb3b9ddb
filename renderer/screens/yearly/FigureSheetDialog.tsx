import { Button, Modal, Radio, Select } from 'antd';
import { useState } from 'react';
import { FailureAlert } from '#renderer/components/FailureAlert.tsx';
import { today } from '#renderer/state/clock.ts';
import { usePrint } from '#renderer/state/print.ts';
import { printText } from '#shared/text/prints.ts';
import { commonText } from '#shared/text/window.ts';
import { figuresText, figureSheetText as say } from '#shared/text/yearly.ts';

type Props = { year: number; sections: readonly string[]; onClose(): void };

/** A table of figures to the printer or into a file: whole for the bureau itself, without small cells for others. */
export function FigureSheetDialog({ year, sections, onClose }: Props) {
  const [section, setSection] = useState(sections.at(-1) ?? '');
  const [isOutside, setIsOutside] = useState(true);
  const title = say.title(section, year);
  const work = usePrint({
    title: printText.pdfTitle(title),
    name: printText.fileName(title, today()),
    order: () => ({ method: 'indicator.print', input: { year, section, isOutside } }),
  });
  return (
    <Modal
      open
      width={600}
      title={figuresText.print}
      onCancel={onClose}
      closable={{ 'aria-label': commonText.close }}
      footer={
        <>
          <span role="status" className="quiet print-done">
            {work.isBusy ? printText.working : work.done}
          </span>
          <Button onClick={onClose}>{commonText.close}</Button>
          <Button disabled={work.isBusy} onClick={work.toPaper}>
            {printText.toPaper}
          </Button>
          <Button type="primary" loading={work.isBusy} onClick={work.toPdf}>
            {printText.toPdf}
          </Button>
        </>
      }
    >
      <FailureAlert failure={work.failure} again={work.again} />
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
        <Radio value={true}>{say.toOthers}</Radio>
        <Radio value={false}>{say.within}</Radio>
      </Radio.Group>
      <p className="quiet">{isOutside ? say.toOthersHint : say.withinHint}</p>
    </Modal>
  );
}
