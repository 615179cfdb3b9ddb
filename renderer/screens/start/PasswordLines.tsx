import { FormLine } from '#renderer/components/FormLine.tsx';
import { passwordFault, shortestPassword } from '#shared/domain/password.ts';
import { setUpText } from '#shared/text/start.ts';

type Props = {
  password: string;
  again: string;
  onPassword(value: string): void;
  onAgain(value: string): void;
  onSubmit(): void;
  problem: string | null;
  autoFocus?: boolean;
  /** What the first is called; the password of an account unless said otherwise. */
  label?: string;
};

/** A new password, twice, with a word on how good it is. */
export function PasswordLines({
  password,
  again,
  onPassword,
  onAgain,
  onSubmit,
  problem,
  autoFocus,
  label,
}: Props) {
  const strength = password === '' ? null : setUpText.strength[strengthOf(password)];
  // What is wrong with the password stands beside it; that the two differ, beside the second
  const isFirst = passwordFault(password) !== null;
  return (
    <>
      <FormLine
        id="new-password"
        type="password"
        label={label ?? setUpText.password}
        value={password}
        onChange={onPassword}
        autoComplete="new-password"
        autoFocus={autoFocus === true}
        problem={isFirst ? problem : null}
        hint={strength ? `${setUpText.strengthLabel}${strength}` : setUpText.passwordHint(shortestPassword)}
      />
      <FormLine
        id="new-password-again"
        type="password"
        label={setUpText.passwordAgain}
        value={again}
        onChange={onAgain}
        onSubmit={onSubmit}
        autoComplete="new-password"
        problem={isFirst ? null : problem}
      />
    </>
  );
}

export function passwordProblem(password: string, again: string): string | null {
  const fault = passwordFault(password);
  if (fault === 'short') return setUpText.passwordShort(shortestPassword);
  if (fault === 'simple') return setUpText.passwordSimple;
  return password === again ? null : setUpText.passwordDiffers;
}

/** 0 too short or too simple, 1 fair, 2 good, 3 very good: length and kinds of characters. */
export function strengthOf(password: string): 0 | 1 | 2 | 3 {
  const length = [...password].length;
  if (passwordFault(password) !== null) return 0;
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((kind) => kind.test(password)).length;
  if (kinds >= 3 && length >= 12) return 3;
  return kinds >= 2 && length >= 10 ? 2 : 1;
}
