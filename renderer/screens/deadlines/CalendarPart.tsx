import { Alert, Button } from 'antd';
import { FailureAlert } from '#renderer/components/FailureAlert.tsx';
import { useAttempt } from '#renderer/state/attempt.ts';
import { call, shell } from '#renderer/state/bureau.ts';
import { localInstant, today } from '#renderer/state/clock.ts';
import { useQuery } from '#renderer/state/queries.ts';
import { monthOf, yearOf } from '#shared/domain/day.ts';
import { calendarScreenText, ruleText } from '#shared/text/deadlines.ts';

/** Next year's arrangement is published in November: from then on its absence is told. */
const publishedIn = 11;

/** Which years of the legal calendar are held, where from, and a way to take in more. */
export function CalendarPart({ canDecide }: { canDecide: boolean }) {
  const { value: years, failure } = useQuery('calendar.years', {});
  const work = useAttempt();
  const now = today();
  const needed = [yearOf(now), ...(monthOf(now) >= publishedIn ? [yearOf(now) + 1] : [])];
  const missing = years ? needed.filter((year) => !years.some((one) => one.year === year)) : [];

  const take = () =>
    work.attempt(async () => {
      const chosen = { title: calendarScreenText.importTitle, extensions: ['csv', 'json'] };
      const file = await shell('shell.chooseFile', chosen);
      if (!file) return null;
      const taken = await call('calendar.import', { file: file.grant });
      return calendarScreenText.imported(taken.years, taken.changed);
    });

  return (
    <section className="section" aria-label={calendarScreenText.title}>
      <h2 className="section-title">{calendarScreenText.title}</h2>
      <p className="gap">{calendarScreenText.intro}</p>
      {canDecide && <p className="quiet gap">{calendarScreenText.form}</p>}
      <FailureAlert failure={work.failure ?? failure} />
      {missing.length > 0 && (
        <Alert role="note" type="warning" showIcon title={calendarScreenText.missing(missing)} />
      )}
      {canDecide && (
        <p className="gap">
          <Button size="small" type="primary" loading={work.isBusy} onClick={() => void take()}>
            {calendarScreenText.import}
          </Button>{' '}
          <span role="status">{work.done}</span>
        </p>
      )}
      <table className="table calendars">
        <thead>
          <tr>
            <th scope="col">{calendarScreenText.year}</th>
            <th scope="col">{calendarScreenText.days}</th>
            <th scope="col">{calendarScreenText.source}</th>
            <th scope="col">{ruleText.sure}</th>
            <th scope="col">{calendarScreenText.from}</th>
          </tr>
        </thead>
        <tbody>
          {years?.map((one) => (
            <tr key={one.year}>
              <th scope="row">{one.year}</th>
              <td className="nowrap">{calendarScreenText.counts(one.daysOff, one.workdays)}</td>
              <td>
                {one.title}
                <div className="quiet">{one.source}</div>
              </td>
              <td>{ruleText.sureness[one.sure]}</td>
              <td>
                {one.takenIn
                  ? calendarScreenText.taken(
                      one.takenIn.account,
                      localInstant(one.takenIn.at),
                      one.takenIn.file,
                    )
                  : calendarScreenText.program}
                {one.replaced > 0 && <div className="quiet">{calendarScreenText.replaced(one.replaced)}</div>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
