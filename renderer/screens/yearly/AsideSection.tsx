import { App, Button } from 'antd';
import { TableHead } from '#renderer/components/TableHead.tsx';
import type { Attempt } from '#renderer/state/attempt.ts';
import { call } from '#renderer/state/bureau.ts';
import { localInstant } from '#renderer/state/clock.ts';
import { useMay } from '#renderer/state/program.ts';
import { useQuery } from '#renderer/state/queries.ts';
import type { SetAside } from '#shared/api/care-types.ts';
import { asideText as say } from '#shared/text/keeping-copies.ts';
import { failedText } from '#shared/text/start.ts';
import { commonText } from '#shared/text/window.ts';

/** What restores and repairs put aside: until when it is there, and away with it before that. */
export function AsideSection({ work }: { work: Attempt }) {
  return useMay('system.dropAside') ? <Aside work={work} /> : null;
}

function Aside({ work }: { work: Attempt }) {
  const { modal } = App.useApp();
  const aside = useQuery('system.aside', {});
  if (!aside.value) return null;
  const { entries, others, neededFor } = aside.value;
  const drop = () =>
    modal.confirm({
      title: say.sure(entries.length),
      content: (
        <>
          <p>{say.sureHint}</p>
          <Entries entries={entries} />
        </>
      ),
      width: 640,
      okText: say.drop,
      okButtonProps: { danger: true },
      cancelText: commonText.cancel,
      onOk: () => {
        void work.attempt(
          async () => {
            await call('system.dropAside', { names: entries.map(({ name }) => name) });
            return say.dropped(entries.length);
          },
          { what: 'aside' },
        );
      },
    });
  return (
    <section className="section" aria-label={say.title}>
      <h2 className="section-title">{say.title}</h2>
      <p className="quiet">{say.hint}</p>
      {entries.length === 0 ? (
        <p className="quiet">{say.none}</p>
      ) : (
        <>
          <Entries entries={entries} />
          <p className="job-buttons">
            <Button
              size="small"
              danger
              loading={work.busy === 'aside'}
              disabled={neededFor !== null || work.busy !== null}
              onClick={drop}
            >
              {say.drop}
            </Button>
            {neededFor !== null && <span className="quiet">{say.needed[neededFor]}</span>}
          </p>
        </>
      )}
      {others > 0 && <p className="quiet">{say.others(others)}</p>}
    </section>
  );
}

function Entries({ entries }: { entries: readonly SetAside[] }) {
  return (
    <table className="table narrow">
      <TableHead labels={[say.at, say.what, say.size, say.goesAt]} />
      <tbody>
        {entries.map(({ name, kind, at, goesAt, bytes }) => (
          <tr key={name}>
            <td>{localInstant(at)}</td>
            <td>{say.kinds[kind]}</td>
            <td>{failedText.size((bytes / 1e6).toFixed(1))}</td>
            <td>{localInstant(goesAt)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
