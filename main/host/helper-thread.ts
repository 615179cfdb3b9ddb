import { helperTasks } from '#core/api/helper-tasks.ts';
import { runHelperThread } from './helper-loop.ts';

void runHelperThread(helperTasks);
