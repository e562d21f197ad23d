/** Writes docs/states.md from the state machine; a test says when the file is stale. `npm run docs:states` */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { EVENTS, transitionTable } from '../src/domain/rules/firework-machine';
import { STATES, rankOf } from '../src/domain/state';

export const STATES_DOCUMENT = path.join(__dirname, '../docs/states.md');

export function statesDocument(): string {
  const table = transitionTable();
  const arrows = STATES.flatMap((from) =>
    EVENTS.flatMap((event) => {
      const to = table[from][event];
      return to === undefined ? [] : [`  ${from} --> ${to}: ${event}`];
    }),
  );
  const rows = STATES.map((state) => {
    const cells = EVENTS.map((event) => table[state][event] ?? '');
    return `| ${state} | ${String(rankOf(state))} | ${cells.join(' | ')} |`;
  });
  return `# States of a Firework

Generated from \`src/domain/rules/firework-machine.ts\` by \`npm run docs:states\`.

RERUN is a rerun of the Firework itself, RESET what a rerun of an ancestor does to it, RESET_HELD the same for one that is
held (\`--reset-held\`). After a RERUN the Firework is WAITING only for a moment: with no parent pending, RELEASE makes it
READY at once.

\`\`\`mermaid
stateDiagram-v2
  [*] --> WAITING
${arrows.join('\n')}
\`\`\`

| state | rank | ${EVENTS.join(' | ')} |
|---|---|${EVENTS.map(() => '---').join('|')}|
${rows.join('\n')}
`;
}

if (require.main === module) writeFileSync(STATES_DOCUMENT, statesDocument());
