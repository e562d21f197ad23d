import { firetaskSettingsOf, joinFiretaskSettings, NO_FIRETASKS } from '../../../src/config/firetask-config';

describe('the Firetasks of a configuration', () => {
  it('are files beside the configuration when they begin with a dot, packages and programs otherwise', () => {
    const settings = firetaskSettingsOf(
      { firetasks: './a.mjs', python: '../venv/bin/python', python_firetasks: ['One'] },
      '/home/ada/lab/my_launchpad.yaml',
    );
    expect(settings).toEqual({
      modules: [{ module: '/home/ada/lab/a.mjs', from: '/home/ada/lab/my_launchpad.yaml' }],
      python: '/home/ada/venv/bin/python',
      pythonFiretasks: ['One'],
    });
  });

  it('of both files count; of the Python, the environment wins over the launchpad file, and that over FW_config', () => {
    const one = firetaskSettingsOf({ firetasks: ['a'], python: 'p1', python_firetasks: ['X'] }, '/f1');
    const other = firetaskSettingsOf({ firetasks: ['b'], python: 'p2', python_firetasks: ['X', 'Y'] }, '/f2');
    expect(joinFiretaskSettings(one, other, {})).toEqual({
      modules: [
        { module: 'a', from: '/f1' },
        { module: 'b', from: '/f2' },
      ],
      python: 'p2',
      isPythonNamed: true,
      pythonFiretasks: ['X', 'Y'],
    });
    expect(joinFiretaskSettings(one, NO_FIRETASKS, {}).python).toBe('p1');
    expect(joinFiretaskSettings(one, other, { LPAD_PYTHON: 'p3' }).python).toBe('p3');
    expect(joinFiretaskSettings(NO_FIRETASKS, NO_FIRETASKS, {}).python).toBe('python3');
  });
});
