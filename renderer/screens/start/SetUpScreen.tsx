import { Alert, Button, Segmented } from 'antd';
import { useState } from 'react';
import { FormLine } from '#renderer/components/FormLine.tsx';
import { StartCard } from '#renderer/components/StartCard.tsx';
import { call, failureFrom, shell } from '#renderer/state/bureau.ts';
import { keepSetUp, readProgram, takeProgram, useProgram } from '#renderer/state/program.ts';
import { goHome } from '#renderer/state/route.ts';
import type { Failure } from '#shared/api/errors.ts';
import type { Account, ProgramState, UnitLevel } from '#shared/api/types.ts';
import { errorText } from '#shared/text/errors.ts';
import { levelNames, proposedUnitName, setUpText } from '#shared/text/start.ts';
import { AreaPicker, codeLength } from './AreaPicker.tsx';
import { GuideButton } from './GuideButton.tsx';
import { PasswordLines, passwordProblem } from './PasswordLines.tsx';
import { RecoveryKeyScreen } from './RecoveryKeyScreen.tsx';

type Made = { unit: string; recoveryKey: string; accounts: Account[]; account: string; password: string };

/** First start: the unit, its folder, the first account; or a demonstration. */
export function SetUpScreen({ program }: { program: ProgramState }) {
  const [made, setMade] = useState<Made | null>(null);
  const [isDemo, setDemo] = useState(false);
  if (made) {
    const enter = async () => {
      await call('session.signIn', { account: made.account, password: made.password });
      goHome();
      keepSetUp(false);
      await readProgram();
    };
    return (
      <RecoveryKeyScreen
        unit={made.unit}
        recoveryKey={made.recoveryKey}
        accounts={made.accounts}
        onDone={enter}
      />
    );
  }
  return (
    <StartCard title={isDemo ? setUpText.demo : setUpText.title} isWide version={program.version}>
      {isDemo ? (
        <DemoForm onMade={setMade} onBack={() => setDemo(false)} />
      ) : (
        <UnitForm program={program} onMade={setMade} onDemo={() => setDemo(true)} />
      )}
    </StartCard>
  );
}

/** Runs a set-up; its screen stays although the ledger is there by then. */
function useMaking(onMade: (made: Made) => void) {
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isBusy, setBusy] = useState(false);
  const make = async (run: () => Promise<Made>) => {
    if (isBusy) return;
    setBusy(true);
    setFailure(null);
    keepSetUp(true);
    try {
      onMade(await run());
    } catch (caught) {
      keepSetUp(false);
      setFailure(failureFrom(caught));
    } finally {
      setBusy(false);
    }
  };
  return { failure, isBusy, make, setFailure };
}

type UnitProps = { program: ProgramState; onMade(made: Made): void; onDemo(): void };

function UnitForm({ program, onMade, onDemo }: UnitProps) {
  const [level, setLevel] = useState<UnitLevel>('county');
  const [code, setCode] = useState('');
  const [unitName, setUnitName] = useState('');
  const [account, setAccount] = useState('');
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [isTried, setTried] = useState(false);
  const { failure, isBusy, make, setFailure } = useMaking(onMade);

  const problems = {
    area: code.length === codeLength[level] ? null : setUpText.areaMissing,
    name: unitName.trim() === '' ? setUpText.unitNameMissing : null,
    account: account.trim() === '' ? setUpText.accountMissing : null,
    password: passwordProblem(password, again),
  };
  const shown = (problem: string | null) => (isTried ? problem : null);
  const submit = () => {
    setTried(true);
    if (Object.values(problems).some((problem) => problem !== null)) return;
    void make(async () => {
      const made = await call('setup.create', {
        level,
        unitCode: code,
        unitName: unitName.trim(),
        account: account.trim(),
        password,
      });
      return {
        unit: made.unit.name,
        recoveryKey: made.recoveryKey,
        accounts: [],
        account: account.trim(),
        password,
      };
    });
  };
  const changeFolder = async () => {
    try {
      const chosen = await shell('shell.chooseFolder', { title: setUpText.chooseFolder });
      if (chosen) takeProgram(await call('program.use', { folder: chosen.grant }));
    } catch (caught) {
      setFailure(failureFrom(caught));
    }
  };
  const restore = async () => {
    try {
      const input = { title: setUpText.restoreTitle, extensions: ['db'] };
      const chosen = await shell('shell.chooseFile', input);
      if (chosen) takeProgram(await call('program.restore', { file: chosen.grant }));
    } catch (caught) {
      setFailure(failureFrom(caught));
    }
  };
  return (
    <div data-form>
      <p>{setUpText.intro}</p>
      <p className="quiet">
        {setUpText.restoreHint}{' '}
        <Button size="small" disabled={isBusy} onClick={() => void restore()}>
          {setUpText.restore}
        </Button>{' '}
        <GuideButton />
      </p>
      <div className="line">
        <span className="line-label" aria-hidden>
          {setUpText.level}
        </span>
        <div className="line-input">
          <Segmented
            aria-label={setUpText.level}
            value={level}
            options={(Object.keys(levelNames) as UnitLevel[]).map((value) => ({
              value,
              label: levelNames[value],
            }))}
            onChange={(value) => {
              setLevel(value);
              setCode(code.slice(0, codeLength[value]));
            }}
          />
        </div>
      </div>
      <AreaPicker
        level={level}
        code={code}
        onChoose={(next, name) => {
          setCode(next);
          if (name) setUnitName(proposedUnitName(level, name));
        }}
      />
      {shown(problems.area) && <p className="field-problem line-problem">⚠ {problems.area}</p>}
      <FormLine
        id="unit-name"
        label={setUpText.unitName}
        value={unitName}
        onChange={setUnitName}
        problem={shown(problems.name)}
        hint={code !== '' && `${setUpText.unitCode} ${code}`}
      />
      <div className="line">
        <span className="line-label">{setUpText.folder}</span>
        <div className="line-input">
          <code>{program.folder}</code>{' '}
          <Button size="small" onClick={() => void changeFolder()}>
            {setUpText.change}
          </Button>
          <div className="field-note">
            <span className="field-hint">{setUpText.folderHint}</span>
          </div>
        </div>
      </div>
      <FormLine
        id="admin-account"
        label={setUpText.account}
        value={account}
        onChange={setAccount}
        hint={setUpText.accountHint}
        problem={shown(problems.account)}
      />
      <PasswordLines
        password={password}
        again={again}
        onPassword={setPassword}
        onAgain={setAgain}
        problem={shown(problems.password)}
        onSubmit={submit}
      />
      {failure && <Alert role="alert" type="error" showIcon title={errorText(failure)} />}
      <div className="start-buttons">
        <Button type="primary" loading={isBusy} onClick={submit}>
          {isBusy ? setUpText.creating : setUpText.create}
        </Button>
        <Button disabled={isBusy} onClick={onDemo}>
          {setUpText.demo}
        </Button>
      </div>
    </div>
  );
}

function DemoForm({ onMade, onBack }: { onMade(made: Made): void; onBack(): void }) {
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [isTried, setTried] = useState(false);
  const { failure, isBusy, make } = useMaking(onMade);
  const progress = useProgram((state) => state.progress);
  const problem = passwordProblem(password, again);
  const submit = () => {
    setTried(true);
    if (problem !== null) return;
    void make(async () => {
      const made = await call('setup.demo', { account: setUpText.demoAccount, password, safety: true });
      const account =
        made.accounts.find(({ role }) => role === 'administrator')?.name ?? setUpText.demoAccount;
      return {
        unit: made.unit.name,
        recoveryKey: made.recoveryKey,
        accounts: made.accounts,
        account,
        password,
      };
    });
  };
  return (
    <div data-form>
      <p>{setUpText.demoIntro}</p>
      <PasswordLines
        password={password}
        again={again}
        onPassword={setPassword}
        onAgain={setAgain}
        problem={isTried ? problem : null}
        onSubmit={submit}
        autoFocus
      />
      {failure && <Alert role="alert" type="error" showIcon title={errorText(failure)} />}
      <div className="start-buttons">
        <Button type="primary" loading={isBusy} onClick={submit}>
          {isBusy ? setUpText.demoMaking(progress) : setUpText.demoMake}
        </Button>
        <Button disabled={isBusy} onClick={onBack}>
          {setUpText.backToSetUp}
        </Button>
      </div>
    </div>
  );
}
