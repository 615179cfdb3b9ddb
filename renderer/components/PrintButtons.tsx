import { Button } from 'antd';
import { printText } from '#shared/text/prints.ts';

type Props = {
  work: { isBusy: boolean; toPaper(): void; toPdf(): void; toWord(): void };
  /** The key of the print action, where the screen has one. */
  shortcut?: string;
  /** Why there is no paper and no PDF, or null where there is. */
  noPaper?: string | null;
  /** What the button of the Word file says; null where there is none. */
  word?: string | null;
  isDisabled?: boolean;
};

/** The ways out of what is shown, the same everywhere; the blanks part them within a line of text. */
export function PrintButtons({
  work,
  shortcut,
  noPaper = null,
  word = printText.toWord,
  isDisabled = false,
}: Props) {
  const hasNone = work.isBusy || isDisabled || noPaper !== null;
  return (
    <>
      <Button size="small" disabled={hasNone} title={noPaper ?? shortcut} onClick={work.toPaper}>
        {printText.toPaper}
      </Button>{' '}
      <Button size="small" disabled={hasNone} onClick={work.toPdf}>
        {printText.toPdf}
      </Button>{' '}
      {word !== null && (
        <Button size="small" type="primary" disabled={isDisabled} loading={work.isBusy} onClick={work.toWord}>
          {word}
        </Button>
      )}
    </>
  );
}
