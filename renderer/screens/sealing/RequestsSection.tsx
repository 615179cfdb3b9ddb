import { App, Button } from 'antd';
import { useState } from 'react';
import type { Attempt } from '#renderer/state/attempt.ts';
import { call } from '#renderer/state/bureau.ts';
import { localInstant } from '#renderer/state/clock.ts';
import type { SealingRequest } from '#shared/api/sealing-types.ts';
import { ledgers } from '#shared/ledgers/all.ts';
import { sealingText as say, sealBasisNames, sealKindNames } from '#shared/text/sealing.ts';
import { aboveText } from '#shared/text/sealing-above.ts';
import { commonText, navigationLabels } from '#shared/text/window.ts';
import { AskAbove, TakeAnswer } from './AboveActs.tsx';

type Props = {
  requests: readonly SealingRequest[];
  mayDecide: boolean;
  /** The level above that may be asked to be the second account. */
  above: string | null;
  work: Attempt;
};

export const ledgerTitle = (name: string) =>
  navigationLabels[name] ?? ledgers.find((one) => one.name === name)?.title ?? name;

/** Applications that wait; whoever made one can take it back, another who may decides. */
export function RequestsSection({ requests, mayDecide, above, work }: Props) {
  const { modal } = App.useApp();
  const [read, setRead] = useState<string | null>(null);
  const calledOf = ({ number }: SealingRequest) => number ?? say.noNumber;
  const asked = requests.filter((request) => request.isOwn && request.asked !== null);
  const readReason = (request: SealingRequest) =>
    work.attempt(async () => {
      const { reason } = await call('sealing.read', { id: request.id });
      setRead(say.reasonOf(calledOf(request), reason));
    });
  const confirm = (request: SealingRequest) =>
    modal.confirm({
      title: say.settleTitle(sealKindNames[request.kind], calledOf(request)),
      content: say.confirmSure[request.kind](calledOf(request)),
      okText: say.confirm,
      cancelText: commonText.cancel,
      onOk: () => {
        void work.attempt(async () => {
          await call('sealing.confirm', { id: request.id });
          setRead(null);
          return say.confirmed[request.kind](calledOf(request));
        });
      },
    });
  const settle = (method: 'sealing.refuse' | 'sealing.withdraw', { id }: SealingRequest, done: string) =>
    void work.attempt(async () => {
      await call(method, { id });
      setRead(null);
      return done;
    });
  const refuse = (request: SealingRequest) =>
    modal.confirm({
      title: say.refuseTitle(sealKindNames[request.kind], calledOf(request)),
      content: say.refuseSure(request.appliedBy),
      okText: say.refuse,
      cancelText: commonText.cancel,
      onOk: () => settle('sealing.refuse', request, say.refused),
    });
  return (
    <section className="section" aria-label={say.requests}>
      <h2 className="section-title">{say.requests}</h2>
      {read !== null && <p role="status">{read}</p>}
      {asked.length > 0 && (
        <>
          {asked.map(({ id, number, asked: now }) => (
            <p key={id}>
              {now &&
                aboveText.waitingOf(
                  number ?? say.noNumber,
                  now.isOver
                    ? aboveText.waitingOver(now.unit, now.validUntil)
                    : aboveText.waiting(now.unit, now.code, now.validUntil),
                )}
            </p>
          ))}
          <p>
            <TakeAnswer work={work} />
          </p>
        </>
      )}
      {requests.length === 0 ? (
        <p className="quiet">
          {say.noRequests}
          {say.how}
        </p>
      ) : (
        <table className="table">
          <thead>
            <tr>
              {[say.what, say.number, say.ledger, say.basis, say.by, say.at].map((label) => (
                <th key={label} scope="col">
                  {label}
                </th>
              ))}
              <th scope="col">{say.acts}</th>
            </tr>
          </thead>
          <tbody>
            {requests.map((request) => (
              <tr key={request.id}>
                <td className="nowrap">{sealKindNames[request.kind]}</td>
                <td className="nowrap">{calledOf(request)}</td>
                <td>{ledgerTitle(request.ledger)}</td>
                <td>{sealBasisNames[request.basis]}</td>
                <td className="nowrap">{request.appliedBy}</td>
                <td className="nowrap">{localInstant(request.appliedAt)}</td>
                <td className="row-acts">
                  {mayDecide && (
                    <Button size="small" onClick={() => void readReason(request)}>
                      {say.read}
                    </Button>
                  )}{' '}
                  {mayDecide && !request.isOwn && (
                    <>
                      <Button
                        size="small"
                        type="primary"
                        disabled={work.isBusy}
                        onClick={() => confirm(request)}
                      >
                        {say.confirm}
                      </Button>{' '}
                      <Button size="small" disabled={work.isBusy} onClick={() => refuse(request)}>
                        {say.refuse}
                      </Button>
                    </>
                  )}
                  {request.isOwn && (
                    <>
                      <Button size="small" onClick={() => settle('sealing.withdraw', request, say.withdrawn)}>
                        {say.withdraw}
                      </Button>{' '}
                      {above !== null && <AskAbove request={request} above={above} work={work} />}{' '}
                      {request.asked === null && <span className="quiet">{say.wait}</span>}
                    </>
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
