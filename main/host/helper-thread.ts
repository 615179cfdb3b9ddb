import { runHelperThread } from './helper-loop.ts';

void runHelperThread(async () => (await import('#core/api/helper-tasks.ts')).helperTasks);
