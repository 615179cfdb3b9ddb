import { Button } from 'antd';
import { FailureAlert } from '#renderer/components/FailureAlert.tsx';
import type { Attempt } from '#renderer/state/attempt.ts';
import { localInstant } from '#renderer/state/clock.ts';
import { useKept } from '#renderer/state/kept.ts';
import { useQuery } from '#renderer/state/queries.ts';
import type { DestructionList } from '#shared/api/retention-types.ts';
import { listEventText, retentionText, destructionText as say } from '#shared/text/retention.ts';
import { OneList } from './OneList.tsx';

/** The lists of destruction, which stay for ever; or one of them. */
export function DestructionPart({ work }: { work: Attempt }) {
  const [opened, setOpened] = useKept<string | null>('destruction list', null);
  const lists = useQuery('destruction.lists', {});
  const show = (list: string | null) => {
    work.forget();
    setOpened(list);
  };
  if (opened !== null) return <OneList id={opened} work={work} onClose={() => show(null)} />;
  return (
    <>
      <FailureAlert failure={lists.failure} />
      <p className="gap">{say.intro}</p>
      {lists.value?.length === 0 && <p>{say.none}</p>}
      {lists.value && lists.value.length > 0 && (
        <table className="table retention-lists">
          <thead>
            <tr>
              <th scope="col">{say.list}</th>
              <th scope="col">{say.state}</th>
              <th scope="col">{say.files}</th>
              <th scope="col">{say.course}</th>
              <th scope="col">{retentionText.action}</th>
            </tr>
          </thead>
          <tbody>
            {lists.value.map((list) => (
              <tr key={list.id}>
                <th scope="row" className="nowrap">
                  {list.number}
                </th>
                <td className="nowrap">{say.states[list.state]}</td>
                <td>{say.counts(list.counts)}</td>
                <td>
                  <Newest list={list} />
                </td>
                <td className="nowrap">
                  <Button size="small" aria-label={say.openOf(list.number)} onClick={() => show(list.id)}>
                    {say.open}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

function Newest({ list: { events } }: { list: DestructionList }) {
  const newest = events.at(-1);
  return newest ? listEventText(newest, localInstant(newest.at)) : null;
}
