import { Button } from 'antd';
import { useState } from 'react';
import { Combobox, meant, type Option } from '#renderer/components/Combobox.tsx';
import { Field } from '#renderer/components/Field.tsx';
import { FormLine } from '#renderer/components/FormLine.tsx';
import { TypedInput } from '#renderer/components/TypedInput.tsx';
import { passwordProblem } from '#renderer/screens/start/PasswordLines.tsx';
import type { Attempt } from '#renderer/state/attempt.ts';
import { call, read } from '#renderer/state/bureau.ts';
import { useKept } from '#renderer/state/kept.ts';
import { useSees } from '#renderer/state/program.ts';
import { useQuery } from '#renderer/state/queries.ts';
import { type Role, roles, type SafetyDuty, safetyDuties } from '#shared/api/rights.ts';
import type { AccountShown } from '#shared/api/types.ts';
import { ledgers } from '#shared/ledgers/all.ts';
import { workedWith } from '#shared/ledgers/describe.ts';
import { accountsText as say } from '#shared/text/safety.ts';
import { commonText, dutyNames, navigationLabels, roleNames } from '#shared/text/window.ts';

type Props = {
  /** Null for a new one. */
  account: AccountShown | null;
  all: readonly AccountShown[];
  work: Attempt;
  onClose(): void;
};

type Duties = Readonly<Record<string, readonly SafetyDuty[]>>;

/** A new account, or the holding of one; the duties of the others beside it, because they are shared out together. */
export function AccountForm({ account, all, work, onClose }: Props) {
  const units = useQuery('units.tree', {});
  const seesMediators = useSees('mediator');
  const self = account?.id ?? 'new';
  const [name, setName] = useKept(`account ${self} name`, account?.name ?? '');
  // A password does not wait behind a lock.
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [isNameless, setNameless] = useState(false);
  const [role, setRole] = useKept<Role>(`account ${self} role`, account?.role ?? 'clerk');
  const [unitId, setUnitId] = useKept(`account ${self} unit`, account?.unit.id ?? '');
  const [seen, setSeen] = useKept<readonly string[] | null>(`account ${self} seen`, account?.ledgers ?? null);
  const [mediator, setMediator] = useKept<Option | null>(`account ${self} mediator`, () =>
    account?.mediatorId ? { value: account.mediatorId, label: account.mediator ?? '' } : null,
  );
  const [duties, setDuties] = useKept<Duties>(`account ${self} duties`, () => ({
    new: [],
    ...Object.fromEntries(all.map(({ id, duties: held }) => [id, held])),
  }));
  const inUse = all.filter(({ isDisabled }) => !isDisabled);

  const save = async () => {
    const fault = account === null ? passwordProblem(password, password) : null;
    setProblem(fault);
    const isBlank = name.trim() === '';
    setNameless(isBlank);
    if (isBlank) document.getElementById('account-name')?.focus();
    if (fault !== null || isBlank) return;
    const hold = {
      role,
      duties: [...(duties[self] ?? [])],
      ...(unitId === '' ? {} : { unitId }),
      ledgers: seen === null ? null : [...seen],
      mediatorId: mediator?.value ?? null,
    };
    const others = inUse
      .filter(({ id, duties: held }) => id !== self && String(held) !== String(duties[id] ?? []))
      .map(({ id }) => ({ id, duties: [...(duties[id] ?? [])] }));
    const isSaved = await work.attempt(async () => {
      if (account === null) {
        await call('account.create', { name: name.trim(), password, ...hold, changes: others });
        return say.made(name.trim());
      }
      await call('account.change', { changes: [{ id: account.id, ...hold }, ...others] });
      return say.saved(account.name);
    });
    if (isSaved) onClose();
  };

  return (
    <section className="section framed" aria-label={account ? say.changeTitle(account.name) : say.newTitle}>
      <h2 className="section-title">{account ? say.changeTitle(account.name) : say.newTitle}</h2>
      <div className="form-grid" data-form>
        {account === null && (
          <Field id="account-name" label={say.name} isRequired problem={isNameless ? say.nameMissing : null}>
            <TypedInput
              id="account-name"
              shown={name}
              onType={(typed) => {
                setName(typed);
                setNameless(false);
              }}
              isInvalid={isNameless}
            />
          </Field>
        )}
        <Choice id="account-role" label={say.role} value={role} onChoose={(value) => setRole(value as Role)}>
          {roles.map((one) => (
            <option key={one} value={one}>
              {roleNames[one]}
            </option>
          ))}
        </Choice>
        <Choice id="account-unit" label={say.unit} value={unitId} onChoose={setUnitId}>
          {(units.value ?? []).map((unit, at) => (
            <option key={unit.id} value={at === 0 && account === null ? '' : unit.id}>
              {unit.name}
            </option>
          ))}
        </Choice>
        {seesMediators && <MediatorChoice chosen={mediator} onChoose={setMediator} />}
      </div>
      {account === null && (
        <div className="narrow-form" data-form>
          <FormLine
            id="account-password"
            type="password"
            label={say.firstPassword}
            value={password}
            onChange={setPassword}
            autoComplete="new-password"
            hint={say.firstPasswordHint}
            problem={problem}
          />
        </div>
      )}
      <fieldset className="checks">
        <legend className="field-label">{say.ledgers}</legend>
        <label>
          <input
            type="checkbox"
            checked={seen === null}
            onChange={() => setSeen(seen === null ? [] : null)}
          />{' '}
          {say.allLedgers}
        </label>
        {seen !== null &&
          ledgers.map(({ name: ledger, title }) => (
            <label key={ledger}>
              <input
                type="checkbox"
                checked={seen.includes(ledger)}
                onChange={() =>
                  setSeen(
                    seen.includes(ledger)
                      ? seen.filter((one) => one !== ledger)
                      : [...new Set([...seen, ...workedWith(ledgers, ledger)])],
                  )
                }
              />{' '}
              {navigationLabels[ledger] ?? title}
            </label>
          ))}
        {seen !== null && <p className="quiet">{say.ledgersTogether}</p>}
      </fieldset>
      <fieldset className="checks">
        <legend className="field-label">{say.dutiesOf}</legend>
        <p className="quiet">{say.othersHint}</p>
        {[
          ...(account === null ? [{ id: 'new', name: name || say.newTitle }] : []),
          ...inUse.map(({ id, name: one }) => ({ id, name: one })),
        ].map(({ id, name: one }) => (
          <div key={id} className="checks-row">
            <span className="checks-name">{one}</span>
            {safetyDuties.map((duty) => (
              <label key={duty}>
                <input
                  type="checkbox"
                  checked={duties[id]?.includes(duty) === true}
                  onChange={() => setDuties(toggled(duties, id, duty))}
                />{' '}
                {dutyNames[duty]}
              </label>
            ))}
          </div>
        ))}
      </fieldset>
      <Button size="small" type="primary" loading={work.isBusy} onClick={() => void save()}>
        {say.save}
      </Button>{' '}
      <Button size="small" onClick={onClose}>
        {commonText.cancel}
      </Button>
    </section>
  );
}

function toggled(duties: Duties, id: string, duty: SafetyDuty): Duties {
  const held = duties[id] ?? [];
  const now = held.includes(duty) ? held.filter((one) => one !== duty) : [...held, duty];
  return { ...duties, [id]: safetyDuties.filter((one) => now.includes(one)) };
}

/** Any mediator of the county: the core looks for what is typed, by name, pinyin or initials. */
function MediatorChoice(props: { chosen: Option | null; onChoose(mediator: Option | null): void }) {
  const { chosen, onChoose } = props;
  const [typed, setTyped] = useState('');
  const found = useQuery('ledger.choices', mediatorsBy(typed));
  const options = (found.value ?? []).map(({ id, label, note }) => ({ value: id, label, note }));
  return (
    <Field id="account-mediator" label={say.mediator}>
      <Combobox
        id="account-mediator"
        value={chosen?.value ?? null}
        shown={chosen?.label ?? ''}
        placeholder={say.none}
        options={options}
        onType={setTyped}
        onChoose={(id) => onChoose(options.find(({ value }) => value === id) ?? null)}
        onRaw={async (words) => {
          // Left before the answer was there
          const late = await read('ledger.choices', mediatorsBy(words)).catch(() => []);
          const only = meant(
            late.map(({ id, label }) => ({ value: id, label })),
            words,
          );
          if (only) onChoose(only);
        }}
      />
    </Field>
  );
}

const mediatorsBy = (words: string) => {
  const text = words.trim().slice(0, 60);
  return { ledger: 'mediator', limit: 100, ...(text === '' ? {} : { text }) };
};

type ChoiceProps = {
  id: string;
  label: string;
  value: string;
  onChoose(value: string): void;
  children: React.ReactNode;
};

function Choice({ id, label, value, onChoose, children }: ChoiceProps) {
  return (
    <Field id={id} label={label}>
      <select
        id={id}
        className="field-input"
        value={value}
        onChange={(event) => onChoose(event.target.value)}
      >
        {children}
      </select>
    </Field>
  );
}
