import { defineCommand } from '../program/define-command';

export const version = defineCommand({
  examples: [{ command: 'lpad version', says: 'one line' }],
  outputs: ['text', 'json'],
});
