import { workerData } from 'node:worker_threads';
import { createFirstPart } from '#core/api/first-part.ts';
import type { ThreadStart } from './messages.ts';
import { runCoreThread } from './thread-loop.ts';

const readCore = () => import('#core/api/core.ts');

// Until the window shows its first screen, the writer has read no more of the core than that needs.
if ((workerData as ThreadStart).duty === 'reader')
  void readCore().then((core) => runCoreThread(core.createPart));
else
  runCoreThread((duty, env, peer) =>
    createFirstPart(env, peer, async (...rest) => (await readCore()).createPart(duty, ...rest)),
  );
