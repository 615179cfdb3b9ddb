import { Alert } from 'antd';
import { forgetCopyFailure, useProgram } from '#renderer/state/program.ts';
import { careText } from '#shared/text/care.ts';
import { errorText } from '#shared/text/errors.ts';
import { commonText } from '#shared/text/window.ts';

/** A copy did not reach the second place: said where one works, and nobody is kept from working. */
export function CopyNotice() {
  const failure = useProgram(({ copyFailure }) => copyFailure);
  if (!failure) return null;
  const title = careText.copyFailed(errorText(failure));
  return (
    <Alert
      role="status"
      type="warning"
      banner
      title={title}
      closable={{ onClose: forgetCopyFailure, 'aria-label': commonText.close }}
    />
  );
}
