import { createPart } from '#core/api/core.ts';
import { runCoreThread } from './thread-loop.ts';

runCoreThread(createPart);
