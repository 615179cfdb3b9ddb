import { Alert } from 'antd';
import { FailureAlert } from '#renderer/components/FailureAlert.tsx';
import { useAttempt } from '#renderer/state/attempt.ts';
import { useKept } from '#renderer/state/kept.ts';
import { useMay } from '#renderer/state/program.ts';
import { useQuery } from '#renderer/state/queries.ts';
import type { SealingOf } from '#renderer/state/route.ts';
import type { SealKind } from '#shared/domain/sealing.ts';
import { sealingText as say } from '#shared/text/sealing.ts';
import { aboveText } from '#shared/text/sealing-above.ts';
import { ApplyForm } from './ApplyForm.tsx';
import { BelowSection } from './BelowSection.tsx';
import { EnquirySection } from './EnquirySection.tsx';
import { RequestsSection } from './RequestsSection.tsx';
import { SealedSection } from './SealedSection.tsx';

type Applying = SealingOf & { kind: SealKind };

/** Sealing of records (封存): what waits for a second account, what is sealed, and who asked for it. */
export function SealingScreen({ apply }: { apply: SealingOf | null }) {
  const state = useQuery('sealing.state', {});
  const mayDecide = useMay('sealing.confirm');
  const [applying, setApplying] = useKept<Applying | null>(
    'sealing applying',
    apply && { ...apply, kind: 'seal' },
  );
  const work = useAttempt();
  const { value } = state;
  return (
    <section className="screen" aria-label={say.title}>
      <header className="screen-head">
        <h1 className="screen-title">{say.title}</h1>
        <span className="quiet" role="status">
          {work.done}
        </span>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keyboard */}
      <section className="scroll pad sealing" tabIndex={0} aria-label={say.details}>
        <FailureAlert failure={work.failure ?? state.failure} again={work.again} />
        <p className="quiet">{say.intro}</p>
        {value && !value.isReady && <Alert type="warning" showIcon title={say.notReady} />}
        {value?.isReady && value.others === 0 && (
          <Alert
            type="warning"
            showIcon
            title={value.above === null ? say.alone : aboveText.aloneButAbove(value.above)}
          />
        )}
        {applying && (
          <ApplyForm
            key={`${applying.kind} ${applying.recordId}`}
            {...applying}
            work={work}
            onClose={() => setApplying(null)}
          />
        )}
        {value && (
          <>
            <RequestsSection
              requests={value.requests}
              mayDecide={mayDecide}
              above={value.above}
              work={work}
            />
            <SealedSection
              work={work}
              sealed={value.sealed}
              requests={value.requests}
              onUnseal={({ recordId, ledger, number }) =>
                setApplying({ recordId, ledger, number, kind: 'unseal' })
              }
            />
            {value.answered && <BelowSection answered={value.answered} mayDecide={mayDecide} work={work} />}
            <EnquirySection enquiries={value.enquiries} mayDecide={mayDecide} work={work} />
          </>
        )}
      </section>
    </section>
  );
}
