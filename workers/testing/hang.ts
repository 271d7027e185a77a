import { startWatchdog } from '../watchdog.js';

// hang.ts busy|spin: works for longer than the watchdog's patience with pauses, or never lets go of its thread.
startWatchdog(process.argv[2] === 'spin' ? 1_500 : 6_000);
if (process.argv[2] === 'spin') for (;;);
const end = Date.now() + 8_000;
const timer = setInterval(() => {
  for (const until = Date.now() + 200; Date.now() < until;);
  if (Date.now() > end) clearInterval(timer);
}, 10);
