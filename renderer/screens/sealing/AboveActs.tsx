import { App, Button } from 'antd';
import type { Attempt } from '#renderer/state/attempt.ts';
import { call, shell } from '#renderer/state/bureau.ts';
import type { SealingRequest } from '#shared/api/sealing-types.ts';
import { sealingText as say } from '#shared/text/sealing.ts';
import { aboveText } from '#shared/text/sealing-above.ts';
import { commonText } from '#shared/text/window.ts';

type Props = { request: SealingRequest; above: string; work: Attempt };

/** Of one's own application: the level above is asked to be the second account, by a file. */
export function AskAbove({ request, above, work }: Props) {
  const { modal } = App.useApp();
  const number = request.number ?? say.noNumber;
  const write = () =>
    work.attempt(async () => {
      const name = `${aboveText.askName(number)}.json`;
      const out = await shell('shell.chooseSave', { title: aboveText.askTitle, name, extensions: ['json'] });
      if (!out) return null;
      const made = await call('sealing.askAbove', { id: request.id, out: out.grant, overwrite: true });
      return aboveText.written(out.name, made.code);
    });
  const ask = () =>
    modal.confirm({
      title: aboveText.askOf(number),
      content: (
        <>
          <p>{aboveText.askSure(above)}</p>
          {request.kind === 'seal' && <p>{aboveText.sealSure(above)}</p>}
        </>
      ),
      okText: aboveText.ask,
      cancelText: commonText.cancel,
      onOk: () => void write(),
    });
  return (
    <Button size="small" disabled={work.isBusy} onClick={ask}>
      {request.asked === null ? aboveText.ask : aboveText.askAgain}
    </Button>
  );
}

/** The answer that came down; it names its request itself. */
export function TakeAnswer({ work }: { work: Attempt }) {
  const take = () =>
    work.attempt(async () => {
      const chosen = await shell('shell.chooseFile', { title: aboveText.takeTitle, extensions: ['json'] });
      if (!chosen) return null;
      const taken = await call('sealing.takeAnswer', { file: chosen.grant });
      const number = taken.number ?? say.noNumber;
      return taken.outcome === 'granted'
        ? aboveText.taken(taken.kind, number, taken)
        : aboveText.refused(number, taken);
    });
  return (
    <Button size="small" type="primary" disabled={work.isBusy} onClick={() => void take()}>
      {aboveText.take}
    </Button>
  );
}
