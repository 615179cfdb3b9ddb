import { Button } from 'antd';
import { useState } from 'react';
import { PrintButtons } from '#renderer/components/PrintButtons.tsx';
import type { Attempt } from '#renderer/state/attempt.ts';
import { localInstant } from '#renderer/state/clock.ts';
import { usePrint } from '#renderer/state/print.ts';
import type { SealedRecord, SealingRequest } from '#shared/api/sealing-types.ts';
import { sealingText as say, sealBasisNames } from '#shared/text/sealing.ts';
import { aboveText } from '#shared/text/sealing-above.ts';
import { ledgerTitle } from './RequestsSection.tsx';

type Props = {
  work: Attempt;
  sealed: readonly SealedRecord[];
  requests: readonly SealingRequest[];
  onUnseal(record: SealedRecord): void;
};

/** What is sealed: number, kind and the fact. */
export function SealedSection({ work, sealed, requests, onUnseal }: Props) {
  const waits = ({ recordId }: SealedRecord) => requests.some((one) => one.recordId === recordId);
  const [printing, setPrinting] = useState<SealedRecord | null>(null);
  const named = printing?.number ?? say.noNumber;
  const print = usePrint(
    {
      title: say.certificate,
      name: `${say.certificate} ${named}`,
      order: () => ({ method: 'sealing.certificate', input: { sealed: printing?.recordId ?? '' } }),
    },
    work,
  );
  return (
    <section className="section" aria-label={say.sealed}>
      <h2 className="section-title">{say.sealed}</h2>
      {printing && (
        <p>
          {say.certificateLabel(named)} <PrintButtons work={print} word={null} />
        </p>
      )}
      {sealed.length === 0 ? (
        <p className="quiet">{say.noSealed}</p>
      ) : (
        <table className="table">
          <thead>
            <tr>
              {[say.number, say.ledger, say.unit, say.basis, say.sealedAt, say.people, say.note].map(
                (label) => (
                  <th key={label} scope="col">
                    {label}
                  </th>
                ),
              )}
              <th scope="col">{say.acts}</th>
            </tr>
          </thead>
          <tbody>
            {sealed.map((record) => (
              <tr key={record.recordId}>
                <td className="nowrap">{record.number ?? say.noNumber}</td>
                <td>{ledgerTitle(record.ledger)}</td>
                <td>{record.unit}</td>
                <td>{sealBasisNames[record.basis]}</td>
                <td className="nowrap">{localInstant(record.sealedAt)}</td>
                <td>{say.both(record.appliedBy, record.confirmedBy)}</td>
                <td>
                  {aboveText.notes([
                    ...(record.lockedBy === null ? [] : [aboveText.lockedNote]),
                    ...(record.againAt === null ? [] : [say.againNote(localInstant(record.againAt))]),
                  ])}
                </td>
                <td className="nowrap">
                  <Button size="small" onClick={() => setPrinting(record)}>
                    {say.print}
                  </Button>{' '}
                  {waits(record) ? (
                    <span className="quiet">{say.unsealWaits}</span>
                  ) : (
                    <Button size="small" onClick={() => onUnseal(record)}>
                      {say.unseal}
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
