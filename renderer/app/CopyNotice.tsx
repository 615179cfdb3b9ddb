import { Alert } from 'antd';
import { forgetCopyFailure, forgetLeftUndone, useProgram } from '#renderer/state/program.ts';
import { careText } from '#shared/text/care.ts';
import { errorText } from '#shared/text/errors.ts';
import { commonText } from '#shared/text/window.ts';

/**
 * A copy did not reach the second place, or what was to follow something that was done did not: said where one works, and
 * nobody is kept from working.
 */
export function CopyNotice() {
  const failure = useProgram(({ copyFailure }) => copyFailure);
  const leftUndone = useProgram((program) => program.leftUndone);
  return (
    <>
      {failure && <Notice title={careText.copyFailed(errorText(failure))} onClose={forgetCopyFailure} />}
      {leftUndone && <Notice title={errorText(leftUndone)} onClose={forgetLeftUndone} />}
    </>
  );
}

function Notice({ title, onClose }: { title: string; onClose: () => void }) {
  return (
    <Alert
      role="status"
      type="warning"
      banner
      title={title}
      closable={{ onClose, 'aria-label': commonText.close }}
    />
  );
}
