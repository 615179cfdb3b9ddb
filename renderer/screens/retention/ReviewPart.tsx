import { Button } from 'antd';
import { DayInput } from '#renderer/components/DayInput.tsx';
import { FailureAlert } from '#renderer/components/FailureAlert.tsx';
import { Field } from '#renderer/components/Field.tsx';
import { PrintButtons } from '#renderer/components/PrintButtons.tsx';
import type { Attempt } from '#renderer/state/attempt.ts';
import { call } from '#renderer/state/bureau.ts';
import { today } from '#renderer/state/clock.ts';
import { useKept } from '#renderer/state/kept.ts';
import { usePrint } from '#renderer/state/print.ts';
import { useMay } from '#renderer/state/program.ts';
import { useQuery } from '#renderer/state/queries.ts';
import type { FileRow, Review, ReviewWhat } from '#shared/api/retention-types.ts';
import { reviewText as say } from '#shared/text/retention.ts';
import { FileTable } from './FileTable.tsx';
import { KeepDialog, ListDialog } from './ReviewDialogs.tsx';
import { typedDay } from './typed-day.ts';

type Chosen = { kind: string; unit: string; year: string };
const everything: Chosen = { kind: '', unit: '', year: '' };

const asked = (what: ReviewWhat, on: string, { kind, unit, year }: Chosen) => ({
  what,
  on,
  ...(kind === '' ? {} : { kind }),
  ...(unit === '' ? {} : { unit }),
  ...(year === '' ? {} : { year: Number(year) }),
});

/** What can go on a list of destruction: nothing stands against it. */
const mayGo = ({ obstacles }: FileRow) => obstacles.length === 0;

/** Files whose period is over, each to be kept on or listed for destruction; or those that go to the archive. */
export function ReviewPart({ what, work }: { what: ReviewWhat; work: Attempt }) {
  const [typed, setTyped] = useKept<string>(`review ${what} on`, today());
  const [chosen, setChosen] = useKept<Chosen>(`review ${what} chosen`, everything);
  const [picked, setPicked] = useKept<readonly string[]>(`review ${what} picked`, []);
  const [dialog, setDialog] = useKept<'keep' | 'list' | null>(`review ${what} dialog`, null);
  const { day, isBad } = typedDay(typed);
  const on = day ?? today();
  const question = asked(what, on, chosen);
  const { value: review, failure } = useQuery('retention.review', question);
  const canReview = useMay('retention.keep') && what === 'ended';
  const print = usePrint(
    {
      title: what === 'ended' ? say.print : say.printArchive,
      name: say.fileName(what, on),
      order: () => ({ method: 'retention.sheet', input: question }),
    },
    work,
  );
  const rows = review?.rows ?? [];
  const ids = picked.filter((id) => rows.some((row) => row.id === id));
  const isToday = on === today();
  const choose = (change: Partial<Chosen>) => {
    setPicked([]);
    setChosen({ ...chosen, ...change });
  };
  const close = () => {
    work.forget();
    setDialog(null);
  };
  const carry = (done: Promise<boolean>) =>
    void done.then((isDone) => {
      if (!isDone) return;
      setPicked([]);
      setDialog(null);
    });
  return (
    <>
      <FailureAlert failure={(dialog === null ? work.failure : null) ?? failure} again={work.again} />
      <p className="gap">{say.intro[what]}</p>
      <div className="numbering-line" data-form>
        <Field id="review-on" label={say.on} problem={isBad ? say.onBad : null}>
          <DayInput id="review-on" value={typed} onChange={setTyped} today={today()} isInvalid={isBad} />
        </Field>
        {review && <Choices review={review} chosen={chosen} onChoose={choose} />}
        <PrintButtons work={print} word={null} isDisabled={rows.length === 0} />
      </div>
      {review && (
        <>
          {review.unsettled.length > 0 && <p className="quiet gap">{say.unsettled(review.unsettled)}</p>}
          {rows.length === 0 ? (
            <p>{say.none[what]}</p>
          ) : (
            <>
              <div className="retention-bar">
                <span>{say.total(review.total, rows.length)}</span>
                {canReview && (
                  <>
                    <Button size="small" onClick={() => setPicked(rows.filter(mayGo).map(({ id }) => id))}>
                      {say.pickAll}
                    </Button>
                    <Button size="small" disabled={ids.length === 0} onClick={() => setPicked([])}>
                      {say.pickNone}
                    </Button>
                    <span role="status">{say.picked(ids.length)}</span>
                    <Button
                      size="small"
                      disabled={ids.length === 0 || !isToday}
                      title={isToday ? undefined : say.onlyToday}
                      onClick={() => setDialog('keep')}
                    >
                      {say.keep}
                    </Button>
                    <Button
                      size="small"
                      type="primary"
                      disabled={ids.length === 0 || !isToday}
                      title={isToday ? undefined : say.onlyToday}
                      onClick={() => setDialog('list')}
                    >
                      {say.list}
                    </Button>
                    {!isToday && <span className="quiet">{say.onlyToday}</span>}
                  </>
                )}
              </div>
              <FileTable rows={rows} picked={canReview ? ids : null} onPick={setPicked} />
            </>
          )}
        </>
      )}
      {dialog === 'keep' && (
        <KeepDialog
          count={ids.length}
          work={work}
          onKeep={(until, reason) =>
            carry(
              work.attempt(async () => {
                const { files } = await call('retention.keep', { ids: [...ids], until, reason });
                return say.kept(files, until);
              }),
            )
          }
          onClose={close}
        />
      )}
      {dialog === 'list' && (
        <ListDialog
          count={ids.length}
          work={work}
          onList={(list, opinion) =>
            carry(
              work.attempt(async () => {
                const { number } = await call('destruction.add', { list, ids: [...ids], opinion });
                return say.listed(ids.length, number);
              }),
            )
          }
          onClose={close}
        />
      )}
    </>
  );
}

type ChoicesProps = { review: Review; chosen: Chosen; onChoose(change: Partial<Chosen>): void };

/** By kind, unit and year, as far as there is more than one to choose from. */
function Choices({ review: { groups }, chosen, onChoose }: ChoicesProps) {
  const kinds = new Map(groups.map(({ kind, kindTitle }) => [kind, kindTitle]));
  const units = new Map(groups.map(({ unitId, unitName }) => [unitId, unitName]));
  const years = new Map(groups.map(({ year }) => [String(year), String(year)]));
  const choice = (name: keyof Chosen, label: string, values: Map<string, string>) =>
    (values.size > 1 || chosen[name] !== '') && (
      <Field id={`review-${name}`} label={label}>
        <select
          id={`review-${name}`}
          className="field-input"
          value={chosen[name]}
          onChange={({ target }) => onChoose({ [name]: target.value })}
        >
          <option value="">{say.all}</option>
          {[...values].map(([value, title]) => (
            <option key={value} value={value}>
              {title}
            </option>
          ))}
        </select>
      </Field>
    );
  return (
    <>
      {choice('kind', say.kind, kinds)}
      {choice('unit', say.unit, units)}
      {choice('year', say.year, years)}
    </>
  );
}
