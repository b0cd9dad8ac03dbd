import { start } from './start.ts';

/** Works on runs without serving requests: more of them carry out more runs at a time. */
await start((app) => app.startWorking());
