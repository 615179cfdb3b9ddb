import { workerData } from 'node:worker_threads';
import { createPart } from '#core/api/core.ts';
import { createFirstPart } from '#core/api/first-part.ts';
import type { ThreadStart } from '#host/messages.ts';
import { runCoreThread } from '#host/thread-loop.ts';

/** The real core in a thread that dies without a word when asked for the areas called “die”, and cannot be read for “half”. */
runCoreThread((duty, env, peer) => {
  const { folder } = (workerData as ThreadStart).env;
  const core =
    duty === 'reader'
      ? createPart(duty, env, peer)
      : createFirstPart(env, peer, async (...rest) => {
          if (folder.endsWith('half')) throw new Error('a file of the program is missing');
          return createPart(duty, ...rest);
        });
  return {
    ...core,
    call(method, input, context) {
      if ((input as { text?: string }).text === 'die') process.exit(9);
      return core.call(method, input, context);
    },
  };
});
