import { localInstant } from '#renderer/state/clock.ts';
import { useQuery } from '#renderer/state/queries.ts';
import { personText, warningText } from '#shared/text/persons.ts';

/** Warnings as they were read, whatever has become of the other records. */
export function SeenWarnings({ id }: { id: string }) {
  const { value } = useQuery('person.seen', { id });
  if (!value || value.length === 0) return null;
  return (
    <div className="record-body">
      <h2 className="section-title">{personText.seenTitle}</h2>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{personText.seenAt}</th>
            <th scope="col">{personText.seenBy}</th>
            <th scope="col">{personText.seenWhat}</th>
          </tr>
        </thead>
        <tbody>
          {value.map(({ warning, at, by }) => (
            <tr key={`${warning.key} ${by}`}>
              <td className="nowrap">{localInstant(at)}</td>
              <td className="nowrap">{by}</td>
              <td>{warningText(warning)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
