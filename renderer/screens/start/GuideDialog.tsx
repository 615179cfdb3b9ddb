import { Button } from 'antd';
import { useId, useLayoutEffect, useRef, useState } from 'react';
import { FailureAlert } from '#renderer/components/FailureAlert.tsx';
import { PrintButtons } from '#renderer/components/PrintButtons.tsx';
import { today } from '#renderer/state/clock.ts';
import { usePrint } from '#renderer/state/print.ts';
import { careText, type GuideName, guideColumns, guideOf, guides } from '#shared/text/care.ts';
import { printText } from '#shared/text/prints.ts';
import { commonText } from '#shared/text/window.ts';

/** What to do when the PC is gone, is exchanged, or is to be tried out: step by step, on the screen and on paper. */
export function GuideDialog({ onClose }: { onClose(): void }) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const [what, setWhat] = useState<GuideName>('restore');
  const { title, rows } = guideOf(what, '', today());
  const work = usePrint({
    title: printText.pdfTitle(title),
    name: careText.guides[what],
    order: () => ({ method: 'program.guide', input: { what } }),
  });
  useLayoutEffect(() => {
    dialog.current?.showModal();
    document.getElementById(`${id}-restore`)?.focus();
  }, [id]);
  const close = () => {
    dialog.current?.close();
    onClose();
  };
  return (
    <dialog ref={dialog} className="ask guide" aria-labelledby={`${id}-title`} onCancel={onClose}>
      <h2 id={`${id}-title`} className="section-title ask-title">
        {careText.guideTitle}
      </h2>
      <p className="quiet ask-hint">{careText.guideHint}</p>
      <nav className="record-views" aria-label={careText.guideTitle}>
        {guides.map((one) => (
          <Button
            key={one}
            id={`${id}-${one}`}
            size="small"
            type={one === what ? 'primary' : 'default'}
            aria-current={one === what ? 'page' : undefined}
            onClick={() => {
              work.forget();
              setWhat(one);
            }}
          >
            {careText.guides[one]}
          </Button>
        ))}
      </nav>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keyboard */}
      <section className="guide-steps" tabIndex={0} aria-label={title}>
        <h3 className="section-title">{title}</h3>
        <table className="table">
          <thead>
            <tr>
              <th scope="col" className="number">
                {careText.order}
              </th>
              {guideColumns.map((label) => (
                <th key={label} scope="col">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([doing, seeing], at) => (
              <tr key={doing}>
                <td className="number">{at + 1}</td>
                <td>{doing}</td>
                <td>{seeing}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <FailureAlert failure={work.failure} again={work.again} />
      <div className="ask-foot">
        <span className="quiet" role="status">
          {work.isBusy ? printText.working : work.done}
        </span>
        <span className="stretch" />
        <PrintButtons work={work} word={null} />
        <Button onClick={close}>{commonText.close}</Button>
      </div>
    </dialog>
  );
}
