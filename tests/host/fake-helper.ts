import os from 'node:os';
import { runHelperThread } from '#host/helper-loop.ts';
import { AppError } from '#shared/api/errors.ts';

void runHelperThread(async () => ({
  'backup.make': () => os.getPriority(0),
  priority: () => os.getPriority(0),
  double: (input: { n: number }) => input.n * 2,
  refuse: () => {
    throw new AppError('file-missing', { file: 'a.csv' }, { fields: { name: { problem: 'required' } } });
  },
  crash: () => process.exit(7),
  function: () => () => 1,
  stay: () => {
    setInterval(() => undefined, 1000);
    return 'answered';
  },
}));
