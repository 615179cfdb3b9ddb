import { Button } from 'antd';
import { Field } from '#renderer/components/Field.tsx';
import { TypedInput } from '#renderer/components/TypedInput.tsx';
import type { Attempt } from '#renderer/state/attempt.ts';
import { call, shell } from '#renderer/state/bureau.ts';
import { useKept } from '#renderer/state/kept.ts';
import { useQuery } from '#renderer/state/queries.ts';
import type { FileGrant } from '#shared/api/envelope.ts';
import type { SessionInfo } from '#shared/api/types.ts';
import { helpText as say } from '#shared/text/safety.ts';

/** Forgotten passwords between levels: who may help this unit, and the answers it gives to those below. */
export function HelpSection({ session, work }: { session: SessionInfo; work: Attempt }) {
  const state = useQuery('help.state', {});
  const [request, setRequest] = useKept<FileGrant | null>('help request', null);
  const [code, setCode] = useKept('help code', '');
  const [reason, setReason] = useKept('help reason', '');
  const { unit } = session;
  const isAbove = unit.level !== 'station';

  const trust = () =>
    work.attempt(async () => {
      const chosen = await shell('shell.chooseFile', { title: say.trust, extensions: ['json'] });
      if (!chosen) return null;
      const { trusts } = await call('help.trust', { file: chosen.grant });
      return say.trusted(trusts?.unit ?? '', trusts?.fingerprint ?? '');
    });
  const card = () =>
    work.attempt(async () => {
      const name = `${say.cardName(unit.name)}.json`;
      const out = await shell('shell.chooseSave', { title: say.card, name, extensions: ['json'] });
      if (!out) return null;
      const made = await call('help.card', { out: out.grant, overwrite: true });
      return say.carded(out.name, made.fingerprint);
    });
  const choose = () =>
    work.attempt(async () => {
      const chosen = await shell('shell.chooseFile', { title: say.chooseRequest, extensions: ['json'] });
      if (chosen) setRequest(chosen);
    });
  const answer = () =>
    work.attempt(async () => {
      if (!request) return null;
      const out = await shell('shell.chooseSave', {
        title: say.answer,
        name: `${say.answerName}.json`,
        extensions: ['json'],
      });
      if (!out) return null;
      const given = { file: request.grant, out: out.grant, overwrite: true, code, reason: reason.trim() };
      const made = await call('help.answer', given);
      setRequest(null);
      setCode('');
      setReason('');
      return say.answered(made.unit, made.account, out.name);
    });

  const { trusts = null, own = null } = state.value ?? {};
  return (
    <section className="section" aria-label={say.title}>
      <h2 className="section-title">{say.title}</h2>
      <p className="quiet">{say.hint}</p>
      <p>{trusts ? say.trustsNow(trusts.unit, trusts.fingerprint) : say.trustsNobody}</p>
      <Button size="small" disabled={work.isBusy} onClick={() => void trust()}>
        {say.trust}
      </Button>
      {isAbove && (
        <>
          {' '}
          <Button size="small" disabled={work.isBusy} onClick={() => void card()}>
            {say.card}
          </Button>
          {own !== null && <p className="quiet">{say.ownCard(own)}</p>}
          <div className="numbering-line" data-form>
            <Button size="small" disabled={work.isBusy} onClick={() => void choose()}>
              {request ? request.name : say.chooseRequest}
            </Button>
            <Field id="help-code" label={say.codeTyped} hint={say.codeHint}>
              <TypedInput id="help-code" shown={code} onType={setCode} />
            </Field>
            <Field id="help-reason" label={say.reason}>
              <TypedInput id="help-reason" shown={reason} onType={setReason} />
            </Field>
            <Button
              size="small"
              disabled={!request || code.trim() === '' || reason.trim() === '' || work.isBusy}
              onClick={() => void answer()}
            >
              {say.answer}
            </Button>
          </div>
        </>
      )}
    </section>
  );
}
