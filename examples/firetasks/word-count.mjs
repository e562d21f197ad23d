/** @type {import('lpad').Firetask} */
export const wordCount = {
  name: 'WordCountTask',
  parameters: {
    type: 'object',
    required: ['text'],
    properties: { text: { type: 'string' } },
  },
  run: async ({ parameters, logger }) => {
    const words = parameters.text.split(/\s+/).filter(Boolean);
    if (words.length === 0) throw new Error('there are no words to count');
    logger.info(`${words.length} words`);
    return { stored_data: { words: words.length }, update_spec: { words: words.length } };
  },
};
