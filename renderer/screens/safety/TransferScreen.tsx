import { Button, Checkbox, Tag } from 'antd';
import { useState } from 'react';
import { useActions } from '#renderer/commands/actions.ts';
import { DayInput } from '#renderer/components/DayInput.tsx';
import { FailureAlert } from '#renderer/components/FailureAlert.tsx';
import { Field } from '#renderer/components/Field.tsx';
import { useFocusBack } from '#renderer/components/focus.ts';
import { PrintButtons } from '#renderer/components/PrintButtons.tsx';
import { localInstant, today } from '#renderer/state/clock.ts';
import { useCodes } from '#renderer/state/codes.ts';
import { useKept } from '#renderer/state/kept.ts';
import { usePrint } from '#renderer/state/print.ts';
import { useQuery } from '#renderer/state/queries.ts';
import type { Transfer } from '#shared/api/transfer-types.ts';
import { isDay } from '#shared/domain/day.ts';
import type { TransferDirection } from '#shared/domain/transfers.ts';
import { auditActions } from '#shared/text/audit.ts';
import { printText } from '#shared/text/prints.ts';
import { transferText as say } from '#shared/text/transfers.ts';
import { DescribeDialog } from './DescribeDialog.tsx';

const pageSize = 100;

/** The register of what went out, or came in: a view over the log, to be completed and printed. */
export function TransferScreen({ direction }: { direction: TransferDirection }) {
  const self = `transfers ${direction}`;
  const [asked, setAsked] = useKept(`${self} asked`, { from: '', to: '', undescribed: false });
  const [limit, setLimit] = useKept(`${self} limit`, pageSize);
  const [chosen, setChosen] = useKept<readonly number[]>(`${self} chosen`, []);
  const [isDescribing, setDescribing] = useKept(`${self} describing`, false);
  const [said, setSaid] = useState('');
  const question = {
    direction,
    ...(isDay(asked.from) ? { from: asked.from } : {}),
    ...(isDay(asked.to) ? { to: asked.to } : {}),
    ...(asked.undescribed ? { undescribed: true } : {}),
  };
  const page = useQuery('transfer.list', { ...question, limit });
  const rows = page.value?.rows ?? [];
  const picked = rows.filter(({ entry }) => chosen.includes(entry));
  const title = say.titles[direction];
  const work = usePrint({
    title: printText.pdfTitle(title),
    name: printText.fileName(title, today()),
    order: () => ({ method: 'transfer.print', input: question }),
  });
  useFocusBack(isDescribing);
  useActions('transfers', [
    {
      id: 'transfers.print',
      label: printText.toPaper,
      shortcut: 'Ctrl+P',
      isEnabled: true,
      run: work.toPaper,
    },
    {
      id: 'transfers.describe',
      label: direction === 'out' ? say.describe : say.describeIn,
      isEnabled: picked.length > 0,
      run: () => setDescribing(true),
    },
  ]);
  const set = (change: Partial<typeof asked>) => {
    setLimit(pageSize);
    setChosen([]);
    setAsked((before) => ({ ...before, ...change }));
  };
  const choose = (entry: number, isOn: boolean) =>
    setChosen(isOn ? [...chosen, entry] : chosen.filter((one) => one !== entry));
  const empty = asked.undescribed ? say.emptyUndescribed : say.empty[direction];
  return (
    <section className="screen" aria-label={title}>
      <header className="screen-head">
        <h1 className="screen-title">{title}</h1>
        <span className="quiet" role="status">
          {work.done ?? (said || (page.value?.isOwn && say.ownHint))}
        </span>
        <span className="stretch" />
        <PrintButtons work={work} shortcut="Ctrl+P" word={null} />
        <Button
          size="small"
          type="primary"
          disabled={picked.length === 0}
          onClick={() => setDescribing(true)}
        >
          {direction === 'out' ? say.describe : say.describeIn}
        </Button>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keyboard */}
      <section className="scroll pad" tabIndex={0} aria-label={say.places[direction]}>
        <FailureAlert failure={work.failure ?? page.failure} again={work.again} />
        <div className="numbering-line" data-form>
          <Field id="transfers-from" label={say.from}>
            <DayInput
              id="transfers-from"
              value={asked.from}
              onChange={(from) => set({ from })}
              today={today()}
            />
          </Field>
          <Field id="transfers-to" label={say.to}>
            <DayInput
              id="transfers-to"
              value={asked.to}
              onChange={(to) => set({ to })}
              today={today()}
              notBefore={asked.from}
            />
          </Field>
          <Checkbox
            checked={asked.undescribed}
            onChange={({ target }) => set({ undescribed: target.checked })}
          >
            {say.onlyUndescribed}
          </Checkbox>
        </div>
        {page.value &&
          (rows.length === 0 ? (
            <p className="quiet">{empty}</p>
          ) : (
            <Rows direction={direction} rows={rows} chosen={chosen} onChoose={choose} />
          ))}
        {page.value?.more && limit < 500 && (
          <Button size="small" onClick={() => setLimit(Math.min(500, limit + pageSize))}>
            {say.more}
          </Button>
        )}
      </section>
      {isDescribing && page.value && (
        <DescribeDialog
          direction={direction}
          rows={picked}
          onSaved={(count) => {
            setDescribing(false);
            setChosen([]);
            setSaid(say.saved(count));
          }}
          onClose={() => setDescribing(false)}
        />
      )}
    </section>
  );
}

type RowsProps = {
  direction: TransferDirection;
  rows: readonly Transfer[];
  chosen: readonly number[];
  onChoose(entry: number, isOn: boolean): void;
};

function Rows({ direction, rows, chosen, onChoose }: RowsProps) {
  const codes = useCodes();
  return (
    <table className="table transfers">
      <thead>
        <tr>
          <th scope="col">{say.chosen}</th>
          {say.columns[direction].map((label) => (
            <th key={label} scope="col">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ entry, at, account, action, title, said, isUsual, note }) => (
          <tr key={entry}>
            <td>
              <Checkbox
                aria-label={say.choose(entry)}
                checked={chosen.includes(entry)}
                onChange={({ target }) => onChoose(entry, target.checked)}
              />
            </td>
            <td className="nowrap">{localInstant(at)}</td>
            <td className="nowrap">{account}</td>
            <td>
              {auditActions[action] ?? action}
              {title && <div>{title}</div>}
              {said && <div className="quiet">{said}</div>}
            </td>
            <td title={note ? say.replaced(localInstant(note.at), note.account) : undefined}>
              {note?.partner ?? (isUsual ? say.usual[action] : <Tag color="warning">{say.undescribed}</Tag>)}
            </td>
            <td>{note?.purpose}</td>
            <td className="nowrap">{note && (note.medium ?? say.noMedium)}</td>
            <td className="nowrap">{note?.approver}</td>
            {direction === 'in' && (
              <td className="nowrap">{note?.scan && codes.label('scanResult', note.scan)}</td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
