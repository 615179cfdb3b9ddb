import { beginWatch } from './watch.ts';

// What Playwright does before the first test of a run.
export default beginWatch;
