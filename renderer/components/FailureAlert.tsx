import { Alert, Button } from 'antd';
import type { Failure } from '#shared/api/errors.ts';
import { errorText } from '#shared/text/errors.ts';
import { commonText } from '#shared/text/window.ts';

type Props = {
  failure: Failure | null;
  /** Offered where the same may succeed a moment later. */
  again?: (() => void) | null;
};

/** What went wrong, with what and what to do; and once more where that helps. */
export function FailureAlert({ failure, again = null }: Props) {
  if (failure === null) return null;
  return (
    <Alert
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
