import { Button, Modal } from 'antd';
import type { ReactNode } from 'react';
import type { Failure } from '#shared/api/errors.ts';
import { printText } from '#shared/text/prints.ts';
import { commonText } from '#shared/text/window.ts';
import { FailureAlert } from './FailureAlert.tsx';

type Props = {
  title: string;
  work: {
    isBusy: boolean;
    done: string | null;
    failure: Failure | null;
    again: (() => void) | null;
    toPaper(): void;
    toPdf(): void;
  };
  onClose(): void;
  onOpened?(isOpen: boolean): void;
  /** What is to be chosen before. */
  children: ReactNode;
};

/** Asks what of it is to be printed; what became of it stands beside the buttons, a closed system dialog included. */
export function SheetDialog({ title, work, onClose, onOpened, children }: Props) {
  return (
    <Modal
      open
      width={600}
      title={title}
      onCancel={onClose}
      closable={{ 'aria-label': commonText.close }}
      {...(onOpened ? { afterOpenChange: onOpened } : {})}
      footer={
        <>
          <span role="status" className="quiet print-done">
            {work.isBusy ? printText.working : work.done}
          </span>
          <Button onClick={onClose}>{commonText.close}</Button>
          <Button disabled={work.isBusy} onClick={work.toPaper}>
            {printText.toPaper}
          </Button>
          <Button type="primary" loading={work.isBusy} onClick={work.toPdf}>
            {printText.toPdf}
          </Button>
        </>
      }
    >
      <FailureAlert failure={work.failure} again={work.again} />
      {children}
    </Modal>
  );
}
