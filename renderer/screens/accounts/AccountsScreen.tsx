import { Alert, Button } from 'antd';
import { FailureAlert } from '#renderer/components/FailureAlert.tsx';
import { ReasonDialog } from '#renderer/components/ReasonDialog.tsx';
import { useAttempt } from '#renderer/state/attempt.ts';
import { call } from '#renderer/state/bureau.ts';
import { localInstant } from '#renderer/state/clock.ts';
import { useAsking, useKept } from '#renderer/state/kept.ts';
import { useMay } from '#renderer/state/program.ts';
import { useQuery } from '#renderer/state/queries.ts';
import type { AccountShown, SessionInfo } from '#shared/api/types.ts';
import { nobodyAudits } from '#shared/domain/safety-duties.ts';
import { ledgers } from '#shared/ledgers/all.ts';
import { accountStateText, dutiesText, accountsText as say } from '#shared/text/safety.ts';
import { commonText, navigationLabels, roleNames } from '#shared/text/window.ts';
import { AccountForm } from './AccountForm.tsx';
import { HandOver } from './HandOver.tsx';
import { HelpSection } from './HelpSection.tsx';
import { NewPassword } from './NewPassword.tsx';

type Open =
  | { is: 'form'; account: AccountShown | null }
  | { is: 'password'; account: AccountShown }
  | { is: 'handOver'; account: AccountShown };

const ledgerNames = (names: readonly string[] | null) =>
  names === null
    ? say.allLedgers
    : ledgers
        .filter(({ name }) => names.includes(name))
        .map(({ name, title }) => navigationLabels[name] ?? title)
        .join(commonText.comma);

/** Accounts and what they may do; changed by whoever holds security, seen by whoever holds the audit too. */
export function AccountsScreen({ session }: { session: SessionInfo }) {
  const mayManage = useMay('account.change');
  const accounts = useQuery('account.list', {});
  const [open, setOpen] = useKept<Open | null>('accounts open', null);
  const disabling = useAsking<AccountShown>('accounts disabling');
  const work = useAttempt();
  const all = accounts.value ?? [];
  const setDisabled = ({ id, name }: AccountShown, isDisabled: boolean, reason?: string) =>
    work.attempt(async () => {
      await call('account.change', { changes: [{ id, isDisabled }], ...(reason ? { reason } : {}) });
      return say.saved(name);
    });
  return (
    <section className="screen" aria-label={say.title}>
      <header className="screen-head">
        <h1 className="screen-title">{say.title}</h1>
        {mayManage && (
          <Button size="small" type="primary" onClick={() => setOpen({ is: 'form', account: null })}>
            {say.add}
          </Button>
        )}
        <span className="quiet" role="status">
          {work.done}
        </span>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keyboard */}
      <section className="scroll pad" tabIndex={0} aria-label={say.details}>
        <FailureAlert failure={work.failure ?? accounts.failure} again={work.again} />
        <p className="quiet gap">
          {say.intro}
          {say.duties}
        </p>
        {accounts.value && !session.reach.isOfUnits && nobodyAudits(all) && (
          <Alert role="note" className="gap" type="warning" showIcon title={say.noAudit()} />
        )}
        {open?.is === 'form' && (
          <AccountForm
            key={open.account?.id ?? 'new'}
            account={open.account}
            all={all}
            work={work}
            onClose={() => setOpen(null)}
          />
        )}
        {open?.is === 'password' && (
          <NewPassword
            key={open.account.id}
            account={open.account}
            work={work}
            onClose={() => setOpen(null)}
          />
        )}
        {open?.is === 'handOver' && (
          <HandOver
            key={open.account.id}
            account={open.account}
            all={all}
            work={work}
            onClose={() => setOpen(null)}
          />
        )}
        <table className="table">
          <thead>
            <tr>
              {[say.name, say.role, say.dutiesOf, say.unit, say.ledgers, say.mediator, say.openCases].map(
                (label) => (
                  <th key={label} scope="col">
                    {label}
                  </th>
                ),
              )}
              <th scope="col">{say.state}</th>
              <th scope="col">{say.signedInAt}</th>
              {mayManage && <th scope="col">{say.acts}</th>}
            </tr>
          </thead>
          <tbody>
            {all.map((account) => (
              <tr key={account.id}>
                <td className="nowrap">{account.name}</td>
                <td className="nowrap">{roleNames[account.role]}</td>
                <td>{dutiesText(account)}</td>
                <td>{account.unit.name}</td>
                <td>{ledgerNames(account.ledgers)}</td>
                <td className="nowrap">{account.mediator ?? say.none}</td>
                <td className="nowrap">{account.openCases}</td>
                <td className="nowrap">{accountStateText(account, localInstant)}</td>
                <td className="nowrap">
                  {account.signedInAt === null ? say.never : localInstant(account.signedInAt)}
                </td>
                {mayManage && (
                  <td className="row-acts">
                    {!account.isDisabled && (
                      <>
                        <Button size="small" onClick={() => setOpen({ is: 'form', account })}>
                          {say.change}
                        </Button>{' '}
                        <Button size="small" onClick={() => setOpen({ is: 'password', account })}>
                          {say.setPassword}
                        </Button>{' '}
                      </>
                    )}
                    {account.openCases > 0 && (
                      <Button size="small" onClick={() => setOpen({ is: 'handOver', account })}>
                        {say.handOver}
                      </Button>
                    )}{' '}
                    {account.isDisabled ? (
                      <Button size="small" onClick={() => void setDisabled(account, false)}>
                        {say.enable}
                      </Button>
                    ) : (
                      account.id !== session.account.id && (
                        <Button size="small" danger onClick={() => disabling.ask(account)}>
                          {say.disable}
                        </Button>
                      )
                    )}
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
        {mayManage && <HelpSection session={session} work={work} />}
      </section>
      {disabling.about && (
        <ReasonDialog
          words={{
            title: say.disable,
            label: say.reason,
            hint: say.disableSure(disabling.about.name),
            ok: say.disable,
          }}
          isDangerous
          reason={disabling.reason}
          onType={disabling.type}
          onAnswer={(reason) => {
            const { about } = disabling;
            disabling.close();
            if (about) void setDisabled(about, true, reason);
          }}
          onCancel={disabling.close}
        />
      )}
    </section>
  );
}
