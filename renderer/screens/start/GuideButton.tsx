import { lazy, Suspense, useState } from 'react';
import { useFocusBack } from '#renderer/components/focus.ts';
import { PlainButton } from '#renderer/components/plain.tsx';
import { careText } from '#shared/text/care.ts';

// The sign-in does not wait for what few people open
const GuideDialog = lazy(() => import('./GuideDialog.tsx').then((made) => ({ default: made.GuideDialog })));

/** The pages of guidance, wherever somebody may stand who needs them: before a ledger is there, or none opens. */
export function GuideButton() {
  const [isOpen, setOpen] = useState(false);
  useFocusBack(isOpen);
  return (
    <>
      <PlainButton kind="link" onClick={() => setOpen(true)}>
        {careText.guideOpen}
      </PlainButton>
      {isOpen && (
        <Suspense>
          <GuideDialog onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
