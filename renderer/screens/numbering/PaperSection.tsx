import { Button } from 'antd';
import { ReasonDialog } from '#renderer/components/ReasonDialog.tsx';
import type { Attempt } from '#renderer/state/attempt.ts';
import { call, shell } from '#renderer/state/bureau.ts';
import { type Asking, useAsking, useKept } from '#renderer/state/kept.ts';
import { printedText } from '#renderer/state/print.ts';
import { useMay } from '#renderer/state/program.ts';
import { useQuery } from '#renderer/state/queries.ts';
import { go, openRecord } from '#renderer/state/route.ts';
import type { NumberBlock, PaperNumber } from '#shared/api/numbering-types.ts';
import { numberingText } from '#shared/text/numbering.ts';
import { paperDayText } from '#shared/text/papers.ts';
import { commonText } from '#shared/text/window.ts';
import { newSeries, readSeries, SeriesFields } from './SeriesFields.tsx';

type Props = { ledger: string; attempt: Attempt };

const mostAtOnce = 500;
/** A list for printing takes so many lines. */
const mostPrinted = 200;

const stateText = ({ state, recordId, title }: PaperNumber) =>
  state === 'used' && recordId !== null && title === null ? numberingText.lost : numberingText.states[state];

/** Numbers for paper forms: reserved, listed, printed, given up. */
export function PaperSection({ ledger, attempt }: Props) {
  const [typed, setTyped] = useKept('number reserve', newSeries);
  const blocks = useQuery('number.blocks', { ledger });
  const canWrite = useMay('number.reserve');
  const giving = useAsking<string>('number return');
  const wanted = readSeries(typed, mostAtOnce).value;
  const papers = (blocks.value ?? []).filter(({ purpose }) => purpose === 'paper');
  const reserve = () =>
    attempt.attempt(async () => {
      if (!wanted) return '';
      const { numbers } = await call('number.reserve', { ledger, ...wanted });
      return numberingText.reserved(numbers.length, numbers[0] ?? '', numbers.at(-1) ?? '');
    });
  const giveUp = (number: string, reason: string) => {
    giving.close();
    void attempt.attempt(async () => {
      await call('number.return', { ledger, number, reason });
      return numberingText.returned(number);
    });
  };
  return (
    <section className="section" aria-label={numberingText.paper}>
      <h2 className="section-title">{numberingText.paper}</h2>
      <p className="quiet">
        {numberingText.paperHint}{' '}
        <button type="button" className="link" onClick={() => go({ screen: 'paperDay' })}>
          {paperDayText.open}
        </button>
      </p>
      {canWrite && (
        <div className="numbering-line" data-form>
          <SeriesFields name="paper" ledger={ledger} typed={typed} onChange={setTyped} most={mostAtOnce} />
          <Button
            size="small"
            type="primary"
            disabled={wanted === null}
            loading={attempt.isBusy}
            onClick={() => void reserve()}
          >
            {numberingText.reserve}
          </Button>
        </div>
      )}
      {blocks.value !== null && papers.length === 0 && <p className="quiet">{numberingText.empty}</p>}
      {papers.map((block) => (
        <PaperBlock key={block.id} block={block} attempt={attempt} giving={canWrite ? giving : null} />
      ))}
      {giving.about !== null && (
        <ReasonDialog
          words={{
            title: numberingText.returnTitle,
            label: numberingText.reason,
            hint: numberingText.returnHint(giving.about),
            ok: numberingText.return,
          }}
          isDangerous
          reason={giving.reason}
          onType={giving.type}
          onCancel={giving.close}
          onAnswer={(reason) => giveUp(giving.about ?? '', reason)}
        />
      )}
    </section>
  );
}

/** `giving` is null for those who may not give a number up. */
type BlockProps = { block: NumberBlock; attempt: Attempt; giving: Asking<string> | null };

function PaperBlock({ block, attempt, giving }: BlockProps) {
  const print = () =>
    attempt.attempt(async () => {
      for (let from = 0; from < block.numbers.length; from += mostPrinted) {
        const lines = block.numbers
          .slice(from, from + mostPrinted)
          .map((one) => numberingText.printLine(one.number, stateText(one)));
        const { printed } = await shell('shell.printText', { title: numberingText.printTitle, lines });
        if (printed === 'cancelled' || from + mostPrinted >= block.numbers.length)
          return printedText(printed);
      }
      return null;
    });
  const range = block.count === 1 ? block.first : numberingText.block(block.first, block.last);
  return (
    <section className="numbering-block" aria-label={range}>
      <h3 className="numbering-head">
        {range}
        <span className="quiet">
          {numberingText.summary(block.free ?? 0, block.count)}
          {!block.isOwn && `${commonText.comma}${numberingText.elsewhere}`}
        </span>
        <Button size="small" aria-label={numberingText.printOf(block.first)} onClick={() => void print()}>
          {numberingText.print}
        </Button>
      </h3>
      <table className="table narrow">
        <thead>
          <tr>
            <th scope="col">{numberingText.number}</th>
            <th scope="col">{numberingText.state}</th>
            <th scope="col">{numberingText.record}</th>
          </tr>
        </thead>
        <tbody>
          {block.numbers.map((paper) => (
            <PaperRow
              key={paper.number}
              ledger={block.ledger}
              paper={paper}
              onReturn={giving && block.isOwn && paper.state === 'free' ? giving.ask : null}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
}

type RowProps = { ledger: string; paper: PaperNumber; onReturn: ((number: string) => void) | null };

function PaperRow({ ledger, paper, onReturn }: RowProps) {
  const { number, recordId, title, reason } = paper;
  return (
    <tr>
      <td>{number}</td>
      <td>{reason === null ? stateText(paper) : commonText.labelled(stateText(paper), reason)}</td>
      <td>
        {recordId !== null && title !== null && (
          <button type="button" className="link" onClick={() => openRecord(ledger, recordId)}>
            {title}
          </button>
        )}
        {onReturn && (
          <button
            type="button"
            className="link"
            aria-label={numberingText.returnOf(number)}
            onClick={() => onReturn(number)}
          >
            {numberingText.return}
          </button>
        )}
      </td>
    </tr>
  );
}
