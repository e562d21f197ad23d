/** A Firetask that takes a detour, adds something behind itself, and changes the specs of its children. */
const nothing = { _tasks: [{ _fw_name: 'ScriptTask', script: 'true' }] };

exports.grow = {
  name: 'GrowTask',
  run: () => ({
    detours: { name: 'aside', spec: nothing },
    additions: { name: 'more', spec: nothing },
    update_spec: { grown: true },
  }),
};
