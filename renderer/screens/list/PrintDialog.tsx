import { Alert, Button, Checkbox, Modal, Radio } from 'antd';
import { useState } from 'react';
import { failureFrom, shell } from '#renderer/state/bureau.ts';
import { today } from '#renderer/state/clock.ts';
import { useQuery } from '#renderer/state/queries.ts';
import type { Failure } from '#shared/api/errors.ts';
import type { InputOf } from '#shared/api/methods.ts';
import type { LedgerSpec } from '#shared/ledgers/describe.ts';
import { errorText } from '#shared/text/errors.ts';
import { mappingText } from '#shared/text/mappings.ts';
import { printText } from '#shared/text/prints.ts';
import { commonText } from '#shared/text/window.ts';

type Props = { ledger: LedgerSpec; question: InputOf<'ledger.print'>; onClose(): void };

const yearsShown = 8;

/** The list as it stands, or the register of a year, to the printer or into a file. */
export function PrintDialog({ ledger, question, onClose }: Props) {
  const thisYear = Number(today().slice(0, 4));
  const [year, setYear] = useState<number | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const [lists, setLists] = useState<string[]>([]);
  const mappings = (useQuery('mapping.list', {}).value?.mappings ?? []).filter(
    (one) => one.ledger === ledger.name,
  );
  const asked = {
    ...(year === null ? question : { ledger: ledger.name, year }),
    ...(lists.length > 0 ? { mappings: lists } : {}),
  };
  const title = year === null ? ledger.title : printText.book(ledger.title, year);

  const attempt = async (run: () => Promise<string | null>) => {
    setBusy(true);
    setFailure(null);
    setDone(null);
    try {
      setDone(await run());
    } catch (caught) {
      setFailure(failureFrom(caught));
    } finally {
      setBusy(false);
    }
  };
  const toPdf = () =>
    attempt(async () => {
      const name = `${printText.fileName(title, today())}.pdf`;
      const out = await shell('shell.chooseSave', { title: printText.pdfTitle, name, extensions: ['pdf'] });
      if (!out) return null;
      const made = await shell('shell.print', {
        method: 'ledger.print',
        input: asked,
        to: 'pdf',
        out: out.grant,
      });
      return made.printed === 'saved' ? printText.saved(made.file, made.pages) : null;
    });
  const toPaper = () =>
    attempt(async () => {
      const { printed } = await shell('shell.print', {
        method: 'ledger.print',
        input: asked,
        to: 'printer',
      });
      return printed === 'sent' ? printText.sent : printText.cancelled;
    });

  return (
    <Modal
      open
      title={printText.list}
      onCancel={onClose}
      closable={{ 'aria-label': commonText.close }}
      footer={
        <>
          <span role="status" className="quiet print-done">
            {isBusy ? printText.working : done}
          </span>
          <Button onClick={onClose}>{commonText.close}</Button>
          <Button disabled={isBusy} onClick={() => void toPaper()}>
            {printText.toPaper}
          </Button>
          <Button type="primary" loading={isBusy} onClick={() => void toPdf()}>
            {printText.toPdf}
          </Button>
        </>
      }
    >
      {failure && <Alert role="alert" type="error" showIcon title={errorText(failure)} />}
      <Radio.Group
        className="print-choices"
        aria-label={printText.what}
        value={year ?? 0}
        onChange={(event) => setYear(event.target.value === 0 ? null : Number(event.target.value))}
      >
        <Radio value={0} autoFocus>
          {printText.asShown}
        </Radio>
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
    </Modal>
  );
}
