import { Button } from 'antd';
import { useActions } from '#renderer/commands/actions.ts';
import { ChangePassword } from '#renderer/screens/start/ChangePassword.tsx';
import { goBack } from '#renderer/state/route.ts';
import { passwordText } from '#shared/text/safety.ts';
import { commonText } from '#shared/text/window.ts';

/** One's own password. */
export function PasswordScreen() {
  useActions('record', [
    { id: 'password.back', label: commonText.back, shortcut: 'Escape', isEnabled: true, run: goBack },
  ]);
  return (
    <section className="screen" aria-label={passwordText.title}>
      <header className="screen-head">
        <Button size="small" onClick={goBack}>
          {commonText.back}
        </Button>
        <h1 className="screen-title">{passwordText.title}</h1>
      </header>
      <div className="pad narrow-form">
        <ChangePassword />
      </div>
    </section>
  );
}
