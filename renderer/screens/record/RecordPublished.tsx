import { Alert, Spin } from 'antd';
import { useState } from 'react';
import { useQuery } from '#renderer/state/queries.ts';
import type { PublishedOf } from '#shared/api/mapping-types.ts';
import { errorText } from '#shared/text/errors.ts';
import { mappingText } from '#shared/text/mappings.ts';

/** What the saved record is in the published lists, folded away; asked for only where somebody looks. */
export function RecordPublished({ ledger, id }: { ledger: string; id: string }) {
  const known = useQuery('mapping.list', {});
  const [isOpen, setOpen] = useState(false);
  const { value, failure } = useQuery('mapping.record', isOpen ? { id } : null);
  if (!known.value?.mappings.some((one) => one.ledger === ledger)) return null;
  return (
    <details
      className="section record-published"
      open={isOpen}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary className="section-title">
        {mappingText.title}
        <span className="quiet">{mappingText.derived}</span>
      </summary>
      {failure && <Alert role="alert" type="error" showIcon title={errorText(failure)} />}
      {isOpen && !value && !failure && <Spin className="centre" />}
      {value && (
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{mappingText.publishedList}</th>
              <th scope="col">{mappingText.code}</th>
              <th scope="col">{mappingText.label}</th>
              <th scope="col">{mappingText.verified}</th>
            </tr>
          </thead>
          <tbody>
            {value.map((one) => (
              <tr key={one.mapping}>
                <td className="nowrap" title={one.source}>
                  {one.title}
                </td>
                <td className="nowrap">{'code' in one ? one.code : ''}</td>
                <td className={'code' in one ? undefined : 'quiet'}>
                  {'code' in one ? one.label : mappingText.noneWhy(one.why)}
                </td>
                <td className="nowrap quiet">{standing(one)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </details>
  );
}

function standing({ said, isVerified }: PublishedOf): string {
  if (!isVerified) return mappingText.unverified;
  return said ? mappingText.verifiedBy(said.by) : mappingText.official;
}
