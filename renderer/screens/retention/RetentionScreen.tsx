import { Button } from 'antd';
import { useActions } from '#renderer/commands/actions.ts';
import { useAttempt } from '#renderer/state/attempt.ts';
import { useKept } from '#renderer/state/kept.ts';
import { goBack } from '#renderer/state/route.ts';
import { printText } from '#shared/text/prints.ts';
import { retentionText as say } from '#shared/text/retention.ts';
import { commonText } from '#shared/text/window.ts';
import { DestructionPart } from './DestructionPart.tsx';
import { PeriodsPart } from './PeriodsPart.tsx';
import { ReviewPart } from './ReviewPart.tsx';

const tabs = ['periods', 'ended', 'archive', 'destruction'] as const;

/** How long files are kept, what has come to its end, and what was destroyed with whose approval. */
export function RetentionScreen() {
  const [tab, setTab] = useKept<(typeof tabs)[number]>('retention tab', 'periods');
  const work = useAttempt();
  const open = (next: (typeof tabs)[number]) => {
    work.forget();
    setTab(next);
  };
  useActions('retention', [
    { id: 'retention.back', label: commonText.back, shortcut: 'Escape', isEnabled: true, run: goBack },
    ...tabs.map((one, at) => ({
      id: `retention.${one}`,
      label: say.tabs[one],
      shortcut: `Alt+${at + 1}`,
      isEnabled: one !== tab,
      run: () => open(one),
    })),
  ]);
  return (
    <section className="screen" aria-label={say.title}>
      <header className="screen-head">
        <Button size="small" onClick={goBack}>
          {commonText.back}
        </Button>
        <h1 className="screen-title">{say.title}</h1>
        <nav className="record-views" aria-label={say.body}>
          {tabs.map((one, at) => (
            <Button
              key={one}
              size="small"
              type={one === tab ? 'primary' : 'default'}
              aria-current={one === tab ? 'page' : undefined}
              title={`Alt+${at + 1}`}
              onClick={() => open(one)}
            >
              {say.tabs[one]}
            </Button>
          ))}
        </nav>
        <span className="quiet" role="status">
          {work.isBusy ? printText.working : work.done}
        </span>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keyboard */}
      <section className="scroll pad" tabIndex={0} aria-label={say.tabs[tab]}>
        {tab === 'periods' && <PeriodsPart work={work} />}
        {(tab === 'ended' || tab === 'archive') && <ReviewPart key={tab} what={tab} work={work} />}
        {tab === 'destruction' && <DestructionPart work={work} />}
      </section>
    </section>
  );
}
