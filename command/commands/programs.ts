import { QUEUE_NAMES } from '../../contract/task-queues.js';
import { defineCommand, option } from '../define.js';
import { queuesValue } from '../options/values.js';
import { programFile, runUntilEnd } from '../run-until-end.js';

const jsonArgs = (json: boolean): string[] => (json ? ['--json'] : []);

/** Server, worker and desk, in a process of their own. */
export const up = defineCommand({
  name: 'up',
  about: 'start the server, the worker and the desk: what npm start runs',
  examples: [
    'npx copydesk up',
    'COPYDESK_PORT=8301 COPYDESK_TEMPORAL_PORT=7301 COPYDESK_DATA=var2 npx copydesk up',
  ],
  prints: '{ ready: true, desk, temporal, temporalUi }, once they are ready',
  notes: [
    'Ctrl-C ends them; what was under way continues at the next start. Paid calls are waited for up to COPYDESK_GRACE seconds (60); a second Ctrl-C does not wait.',
  ],
  run: ({ output }) => runUntilEnd(programFile('up'), jsonArgs(output.json)),
});

/** Beside a Temporal server and an archive that are there already. */
export const worker = defineCommand({
  name: 'worker',
  about: 'run a worker by itself, for all task queues or some',
  takes: {
    queues: option(
      '--queues <list>',
      `some of ${QUEUE_NAMES.join(', ')}, with commas between (default: all)`,
    ),
  },
  examples: ['npx copydesk worker', 'npx copydesk worker --queues text,media'],
  prints: '{ ready: true, temporal, namespace, queues: [] }, once it polls',
  notes: [
    'It needs the keys of its own queues only: OPENAI_API_KEY for text, FAL_KEY for media, the credentials of the targets for publish. Each queue needs a worker somewhere; what has none waits.',
    'Ctrl-C or SIGTERM stops it: it takes nothing new, waits for paid calls that are under way up to COPYDESK_GRACE seconds (300), and leaves the rest to the next worker. A second one, a second later or more, does not wait.',
  ],
  run: ({ output }, { queues }) =>
    runUntilEnd(programFile('worker'), ['--queues', queuesValue(queues).join(','), ...jsonArgs(output.json)]),
});

/** Beside workers of other processes. */
export const desk = defineCommand({
  name: 'desk',
  about: 'serve the desk by itself, beside workers of other processes',
  examples: ['npx copydesk desk'],
  prints: '{ ready: true, desk }, once it serves',
  notes: ['It needs the archive on PostgreSQL (DATABASE_URL) and no keys of providers.'],
  run: ({ output }) => runUntilEnd(programFile('desk'), jsonArgs(output.json)),
});
