import { PlainAlert, PlainButton } from '#renderer/components/plain.tsx';
import { StartCard } from '#renderer/components/StartCard.tsx';
import { signOut } from '#renderer/state/program.ts';
import type { SessionInfo } from '#shared/api/types.ts';
import { passwordText } from '#shared/text/safety.ts';
import { ChangePassword } from './ChangePassword.tsx';

/** A password that somebody else set: nothing else works before it is its owner's own. */
export function MustChangeScreen({ session }: { session: SessionInfo }) {
  return (
    <StartCard title={passwordText.title} unit={session.unit.name}>
      <PlainAlert tone="info" title={passwordText.mustChange} isUrgent={false} />
      <ChangePassword>
        <PlainButton kind="link" onClick={() => void signOut()}>
          {passwordText.other}
        </PlainButton>
      </ChangePassword>
    </StartCard>
  );
}
