import { Button, Tag } from 'antd';
import { useActions } from '#renderer/commands/actions.ts';
import { FailureAlert } from '#renderer/components/FailureAlert.tsx';
import { useAttempt } from '#renderer/state/attempt.ts';
import { call } from '#renderer/state/bureau.ts';
import { localInstant } from '#renderer/state/clock.ts';
import { useKept } from '#renderer/state/kept.ts';
import { useMay } from '#renderer/state/program.ts';
import { useQuery } from '#renderer/state/queries.ts';
import { goBack } from '#renderer/state/route.ts';
import type { RuleDecided, RuleShown } from '#shared/api/deadline-types.ts';
import { decisionOf, isSameRule, type RuleDecision } from '#shared/domain/deadline-rule.ts';
import { boardText, ruleText } from '#shared/text/deadlines.ts';
import { commonText } from '#shared/text/window.ts';
import { CalendarPart } from './CalendarPart.tsx';
import { RuleDialog } from './RuleDialog.tsx';

/** The rules that deadlines follow, with their sources, for the bureau to confirm or change; and the calendar. */
export function RulesScreen() {
  const { value: rules, failure } = useQuery('deadline.rules', {});
  const canDecide = useMay('deadline.confirm');
  const work = useAttempt();
  const [opened, setOpened] = useKept<string | null>('rules open', null);
  const open = rules?.find(({ rule }) => rule.code === opened);
  useActions('rules', [
    { id: 'rules.back', label: commonText.back, shortcut: 'Escape', isEnabled: opened === null, run: goBack },
  ]);

  const decide = async (rule: string, decision: RuleDecision, note: string): Promise<void> => {
    const isDone = await work.attempt(async () => {
      await call('deadline.confirm', { rule, decision, note });
      return ruleText.saved;
    });
    if (isDone) setOpened(null);
  };

  return (
    <section className="screen" aria-label={ruleText.title}>
      <header className="screen-head">
        <Button size="small" onClick={goBack}>
          {commonText.back}
        </Button>
        <h1 className="screen-title">{ruleText.title}</h1>
        <span className="quiet" role="status">
          {work.done}
        </span>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keyboard */}
      <section className="scroll pad" tabIndex={0} aria-label={ruleText.body}>
        <FailureAlert failure={(open ? null : work.failure) ?? failure} />
        <p className="gap">{ruleText.intro}</p>
        {!canDecide && <p className="quiet gap">{ruleText.readOnly}</p>}
        <table className="table rules">
          <thead>
            <tr>
              <th scope="col">{ruleText.what}</th>
              <th scope="col">{ruleText.period}</th>
              <th scope="col">{ruleText.basis}</th>
              <th scope="col">{ruleText.state}</th>
              <th scope="col" className="number">
                {ruleText.open}
              </th>
              {canDecide && <th scope="col">{ruleText.action}</th>}
            </tr>
          </thead>
          <tbody>
            {rules?.map((shown) => (
              <tr key={shown.rule.code} data-rule={shown.rule.code}>
                <th scope="row">
                  <strong>{shown.rule.title}</strong>
                  <div className="quiet">{shown.ledgerTitle}</div>
                </th>
                <td>
                  <RuleSpans shown={shown} />
                </td>
                <td>
                  {boardText.law(shown.rule.law, shown.rule.article)}
                  <div className="quiet">
                    {ruleText.validity(shown.rule.validFrom, shown.rule.validTo)}
                    {shown.rule.source}
                    {ruleText.sureAs(ruleText.sureness[shown.rule.sure] ?? '')}
                  </div>
                </td>
                <td>
                  <RuleState shown={shown} />
                </td>
                <td className="number">
                  {shown.rule.isLimit ? ruleText.limit : ruleText.openCount(shown.open)}
                </td>
                {canDecide && (
                  <td className="nowrap">
                    {!shown.isConfirmed && (
                      <Button
                        size="small"
                        type="primary"
                        aria-label={ruleText.confirmOf(shown.rule.title)}
                        onClick={() =>
                          void decide(shown.rule.code, { ...decisionOf(shown.rule), isOff: shown.isOff }, '')
                        }
                      >
                        {ruleText.confirm}
                      </Button>
                    )}{' '}
                    <Button
                      size="small"
                      aria-label={ruleText.changeOf(shown.rule.title)}
                      onClick={() => {
                        work.forget();
                        setOpened(shown.rule.code);
                      }}
                    >
                      {ruleText.change}
                    </Button>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
        <CalendarPart canDecide={canDecide} />
      </section>
      {open && (
        <RuleDialog
          shown={open}
          failure={work.failure}
          onSave={(decision, note) => void decide(open.rule.code, decision, note)}
          onClose={() => setOpened(null)}
        />
      )}
    </section>
  );
}

/** The period in words; where it changed on a day, as it is before and after it, the newest first. */
function RuleSpans({ shown }: { shown: RuleShown }) {
  const told = (decision: RuleDecision) =>
    ruleText.decided(
      decision.isOff,
      periodOf(shown, decision),
      boardText.strength[decision.strength] ?? '',
      ruleText.rolls[decision.roll] ?? '',
    );
  const [newest, ...older] = [...shown.spans].reverse();
  if (!newest || older.length === 0) return told({ ...decisionOf(shown.rule), isOff: shown.isOff });
  return (
    <>
      {ruleText.fromDay(newest.from)}
      {told(newest.decision)}
      {older.map((span, index) => (
        <div key={span.from} className="quiet">
          {ruleText.untilDay((older[index - 1] ?? newest).from)}
          {told(span.decision)}
        </div>
      ))}
    </>
  );
}

/** The period in words, as a decision has it. */
function periodOf({ rule, triggers }: RuleShown, { offset, unit }: RuleDecision): string {
  return ruleText.periodOf(triggers, offset, ruleText.units[unit] ?? '', rule.from);
}

function RuleState({ shown }: { shown: RuleShown }) {
  const [newest] = shown.history;
  return (
    <>
      {!shown.isConfirmed && (
        <Tag color="warning">{shown.isOutdated ? ruleText.outdated : ruleText.unconfirmed}</Tag>
      )}
      {newest && <div>{decidedText(shown, newest)}</div>}
      {newest && newest.note !== '' && <div className="quiet">{newest.note}</div>}
      {shown.history.length > 1 && (
        <details>
          <summary>{ruleText.history(shown.history.length - 1)}</summary>
          <ul className="rule-history">
            {shown.history.slice(1).map((one) => (
              <li key={`${one.at} ${JSON.stringify(one.decision)}`}>
                {decidedText(shown, one)}
                {one.note !== '' && <div className="quiet">{one.note}</div>}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function decidedText(shown: RuleShown, { decision, account, at }: RuleDecided): string {
  const when = localInstant(at);
  if (decision.isOff) return ruleText.off(account, when);
  const isAsBrought = isSameRule(decision, shown.original);
  if (isAsBrought) return ruleText.confirmed(account, when);
  return ruleText.changed(account, when, periodOf(shown, decision)) + ruleText.sinceDay(decision.since ?? '');
}
