import { startWatchdog } from '../watchdog.js';

// hang.ts busy|spin: works for three seconds with pauses, or never lets go of its thread.
startWatchdog(1_500);
if (process.argv[2] === 'spin') for (;;);
const end = Date.now() + 3_000;
const timer = setInterval(() => {
  for (const until = Date.now() + 200; Date.now() < until;);
  if (Date.now() > end) clearInterval(timer);
}, 10);
