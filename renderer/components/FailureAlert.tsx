import { Alert, Button } from 'antd';
import { type ComponentRef, useLayoutEffect, useRef } from 'react';
import type { Failure } from '#shared/api/errors.ts';
import { errorText } from '#shared/text/errors.ts';
import { commonText } from '#shared/text/window.ts';

type Props = {
  failure: Failure | null;
  /** Offered where the same may succeed a moment later. */
  again?: (() => void) | null;
};

/**
 * What went wrong, with what and what to do; and once more where that helps. It comes into sight when it appears, and
 * takes the focus from the button that was pressed; a field that somebody types in, and a list, keep it.
 */
export function FailureAlert({ failure, again = null }: Props) {
  const alert = useRef<ComponentRef<typeof Alert>>(null);
  useLayoutEffect(() => {
    const shown = alert.current?.nativeElement;
    if (failure === null || !shown) return;
    shown.scrollIntoView({ block: 'nearest' });
    const active = document.activeElement;
    if (active !== null && active !== document.body && !(active instanceof HTMLButtonElement)) return;
    shown.tabIndex = -1;
    shown.focus({ preventScroll: true });
  }, [failure]);
  if (failure === null) return null;
  return (
    <Alert
      ref={alert}
      role="alert"
      type="error"
      showIcon
      title={errorText(failure)}
      action={
        again && (
          <Button size="small" onClick={again}>
            {commonText.retry}
          </Button>
        )
      }
    />
  );
}
