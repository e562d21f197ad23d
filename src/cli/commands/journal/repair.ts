import { defineCommand } from '../../program/define-command';

export const repair = defineCommand({
  notes:
    'Every command that changes something does this for the journal before it begins; repair also looks for locks that ' +
    'were left without an entry. Locks of Python programs have no owner and are left alone.',
  examples: [{ command: 'lpad repair', says: 'after a crash' }],
  outputs: ['text', 'json'],
});
