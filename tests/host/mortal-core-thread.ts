import { createPart } from '#core/api/core.ts';
import { runCoreThread } from '#host/thread-loop.ts';

/** The real core in a thread that dies without a word when asked for the areas called “die”. */
runCoreThread((duty, env, peer) => {
  const core = createPart(duty, env, peer);
  return {
    ...core,
    call(method, input, context) {
      if ((input as { text?: string }).text === 'die') process.exit(9);
      return core.call(method, input, context);
    },
  };
});
