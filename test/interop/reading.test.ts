/** What commands that read print about a database of FireWorks, beside what FireWorks prints. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from '../../src/cli/main';
import { fakeIo } from '../support/fake-io';
import { freshDatabase } from '../support/mongod';
import { describeWithPeer, peerLpad, runPeer, writeLaunchpadFile } from '../support/peer';
import { createTemporaryFolder, temporaryFolder } from '../support/temporary-folder';

/** Fireworks in most conditions: run, failed, rerun and failed again, reserved, paused, tracked. */
const BUILD = `import os, sys, tempfile
from fireworks import Firework, LaunchPad, ScriptTask, Tracker, Workflow, FWorker
from fireworks.core.rocket_launcher import launch_rocket
lp = LaunchPad.from_file(sys.argv[1])
lp.reset("", require_password=False)
ids = iter(range(1, 99))
def fw(name, script="true", **spec):
    return Firework([ScriptTask.from_str(script), ScriptTask.from_str("true")], spec=spec, name=name, fw_id=next(ids))
def run(fw_id):
    here = tempfile.mkdtemp(dir=sys.argv[2]); os.chdir(here)
    launch_rocket(lp, FWorker(), fw_id=fw_id)
tracked = {"_trackers": [Tracker("log.txt", nlines=2), Tracker("none.txt"), Tracker("é.log")]}
a = fw("prep", "seq 4 > log.txt; echo x > é.log", x={"deep": {"er": 1}}, **tracked)
b, c = fw("it's", "seq 3 > log.txt; exit 3", temperature=300, **tracked), fw("post", flags=[True, None, 1.0, "a"])
lp.add_wf(Workflow([a, b, c], {a: [b], b: [c]}, name="alpha", metadata={"project": "x", "n": {"m": 1.5}}))
run(1); run(2); lp.rerun_fw(2); run(2)
d, e = fw("calc"), fw("post")
lp.add_wf(Workflow([d, e], {d: [e]}, name="beta", metadata={"project": "y"}))
one, launch_id = lp.reserve_fw(FWorker(), "/tmp/block", fw_id=4)
lp.set_reservation_id(launch_id, 4242)
lp.add_wf(fw("single", "sleep 0", text="a: b")); lp.pause_fw(6)
lp.add_wf(fw("done", priority=1.5)); run(7)
lp.add_wf(fw("broken", "exit 1", temperature=400)); run(8)
lp.add_wf(fw("held")); lp.defuse_fw(9)
`;

/** Many commands in one process: starting Python takes longer than a query. */
const ASK = `import contextlib, io, json, sys
from fireworks.scripts.lpad_run import lpad
def ask(words):
    out = io.StringIO()
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
            lpad(["-l", sys.argv[1], *words])
    except BaseException as error:
        return {"failed": getattr(error, "code", 1) != 0, "out": ""}
    return {"failed": False, "out": out.getvalue()}
print(json.dumps({" ".join(words): ask(words) for words in json.loads(sys.argv[2])}))
`;

interface Answer {
  readonly failed: boolean;
  readonly out: string;
}

describeWithPeer('a query, beside FireWorks', () => {
  const folder = temporaryFolder();
  const database = freshDatabase();
  let file = '';
  const theirs = new Map<string, Answer>();

  beforeAll(async () => {
    file = writeLaunchpadFile(folder, database);
    const built = await runPeer(BUILD, [file, folder]);
    expect(built.code === 0 ? '' : built.stderr).toBe('');
    const { stdout } = await runPeer(
      ASK,
      [file, JSON.stringify([...data, ...texts, ...introspections, ...wrong])],
      {
        cwd: folder,
      },
    );
    for (const [line, answer] of Object.entries(JSON.parse(stdout) as Record<string, Answer>))
      theirs.set(line, answer);
  });

  afterAll(() => database.drop());

  async function ours(...words: readonly string[]): Promise<{ status: number; out: string; err: string }> {
    const { io, out, err } = fakeIo('', { cwd: folder, now: () => new Date() });
    const status = await main(['-l', file, ...words], io);
    return { status, out: out(), err: err() };
  }

  const data: readonly (readonly string[])[] = [
    ...['all', 'more', 'less', 'ids', 'count', 'reservations'].flatMap((format) => [
      ['get_fws', '-s', 'FIZZLED', '-d', format],
      ['get_fws', '-d', format, '--rsort', 'created_on'],
      ['get_wflows', '-d', format, '--sort', 'created_on'],
      ['get_wflows', '-i', '5', '-d', format],
      ['get_fws_in_wflows', '-wfn', 'alpha', '-d', format, '--sort', 'created_on'],
    ]),
    ['get_fws', '-i', '1,2', '--sort', 'created_on', '-m', '1'],
    ['get_fws', '--qid', '4242'],
    ['get_fws', '-lm', '-q', "{'state': 'FIZZLED'}", '-d', 'ids'],
    ['get_fws_in_wflows', '-d', 'ids', '--sort', 'created_on'],
    ['get_fws_in_wfs', '-wfi', '3', '-fws', 'fizzled', '-d', 'more'],
    ['get_fws_in_wfs', '-wfs', 'FIZZLED', '-fwn', 'post'],
    ['get_fws_in_wfs', '-wfq', "{'metadata.project': 'y'}", '-fwi', '4,1', '-d', 'less'],
    ['get_fws_in_wfs', '-fwq', "{'spec.temperature': 300}", '-d', 'more'],
    ['get_fws_in_wfs', '-wfn', 'nobody'],
    ['get_fws_in_wfs', '-lm', '-fws', 'FIZZLED', '-d', 'count'],
    ['get_fws_in_wfs', '--qid', '4242', '-fws', 'RESERVED', '-d', 'ids'],
  ];

  it.each(data.map((words) => [words.join(' '), words] as const))('prints `%s`', async (_line, words) => {
    const mine = await ours(...words);
    expect([mine.status, mine.err]).toEqual([0, '']);
    expect(comparable(mine.out)).toEqual(comparable(theirs.get(words.join(' '))?.out ?? ''));
  });

  const texts: readonly (readonly string[])[] = [
    ['get_qids', '-i', '4'],
    ['get_qids', '-i', '4,1'],
    ['get_launchdir', '1'],
    ['get_launchdir', '2', '--launch_idx', '0'],
    ['get_launchdir', '6'],
    ['track_fws'],
    ['track_fws', '-i', '2'],
    ['track_fws', '-n', 'prep', '-c', 'log.txt', 'none.txt'],
    ['track_fws', '-s', 'FIZZLED', '-x', 'log.txt'],
    ['track_fws', '-s', 'FIZZLED', '-c', 'nothing'],
    ['track_fws', '-lm', '-q', "{'state': 'COMPLETED'}"],
    // What is paused or defused FireWorks does not count.
    ['report', '-q', "{'state': {'$nin': ['PAUSED', 'DEFUSED']}}"],
    ['report', '-c', 'fireworks', '-i', 'months', '-n', '2', '-q', "{'state': 'COMPLETED'}"],
    ['report', '-c', 'launches'],
    ['report', '-c', 'launches', '-n', '0', '-i', 'minutes'],
    ['report', '-c', 'wflows', '-i', 'hours', '-n', '3'],
    ['report', '-c', 'workflows', '-n', '0', '-i', 'years'],
    ['report', '-q', "{'name': 'nobody'}"],
  ];

  it.each(texts.map((words) => [words.join(' '), words] as const))('prints `%s`', async (_line, words) => {
    const { failed, out } = theirs.get(words.join(' ')) ?? { failed: true, out: '' };
    expect(await ours(...words)).toEqual({ status: failed ? 1 : 0, out, err: '' });
  });

  const introspections = [['introspect'], ['introspect', '-m', '1'], ['introspect', '-t', '120', '-m', '0']];

  it.each(introspections.map((words) => [words.join(' '), words] as const))(
    'prints `%s`',
    async (_line, words) => {
      const python = theirs.get(words.join(' '));
      const mine = await ours(...words);
      expect(mine).toMatchObject({ status: python?.failed ? 1 : 0, err: '' });
      // What differs alike comes in any order there.
      expect(mine.out.split('\n').toSorted()).toEqual(python?.out.split('\n').toSorted());
    },
  );

  const wrong: readonly (readonly string[])[] = [
    ['get_launchdir', '99'],
    ['get_launchdir', '1', '--launch_idx', '3'],
    ['dump_wflow', '-i', '99', '-f', 'out.json'],
  ];

  it.each(wrong.map((words) => [words.join(' '), words] as const))('fails on `%s`', async (_line, words) => {
    expect(theirs.get(words.join(' '))).toEqual({ failed: true, out: '' });
    expect(await ours(...words)).toMatchObject({ status: 1, out: '' });
  });

  it.each(['json', 'yaml'])('dumps a workflow as %s', async (format) => {
    const [python, mine] = [join(folder, `theirs.${format}`), join(folder, `mine.${format}`)];
    expect((await peerLpad(file, 'dump_wflow', '-i', '2', '-f', python)).code).toBe(0);
    expect((await ours('dump_wflow', '-i', '2', '-f', `mine.${format}`)).status).toBe(0);
    expect(await asPythonReads(mine)).toEqual(await asPythonReads(python));
  });

  it('refuses a dumped workflow that has run, and adds it anew when asked', async () => {
    await ours('dump_wflow', '-i', '2', '-f', 'dumped.yaml');
    const before = (await ours('get_fws', '-d', 'ids')).out;
    expect(await ours('add', 'dumped.yaml')).toMatchObject({
      status: 2,
      out: '',
      err: expect.stringContaining('lpad add --anew') as string,
    });
    expect((await ours('get_fws', '-d', 'ids')).out).toBe(before);
    expect(await ours('add', '--anew', 'dumped.yaml')).toMatchObject({ status: 0, err: '' });
    const added = JSON.parse((await ours('get_fws', '-i', '10-12', '-d', 'all')).out) as object[];
    expect(added).toMatchObject([
      { fw_id: 10, name: 'prep', state: 'READY', spec: { x: { deep: { er: 1 } } } },
      { fw_id: 11, name: "it's", state: 'WAITING' },
      { fw_id: 12, name: 'post', state: 'WAITING' },
    ]);
    for (const one of added) expect(Object.keys(one)).not.toContain('launches');
  });

  it('moves a database to another one, which FireWorks reads alike', async () => {
    const copy = freshDatabase();
    const place = createTemporaryFolder();
    const there = writeLaunchpadFile(place, copy);
    const { io } = fakeIo('', { cwd: place });
    expect((await ours('export', join(place, 'all.jsonl'))).status).toBe(0);
    expect(await main(['-l', there, 'reset', '--yes'], io)).toBe(0);
    expect(await main(['-l', there, 'import', 'all.jsonl'], io)).toBe(0);
    const asked = JSON.stringify([
      ['get_fws', '-d', 'all', '--sort', 'created_on'],
      ['get_wflows', '-d', 'all', '--sort', 'created_on'],
      ['track_fws'],
    ]);
    const answers = await Promise.all([file, there].map((one) => runPeer(ASK, [one, asked])));
    expect(answers[1]?.stdout).toBe(answers[0]?.stdout);
    expect(answers[0]?.stdout.length).toBeGreaterThan(1000);
    await copy.drop();
  });

  it('adds scripts as FireWorks does', async () => {
    const words = ['add_scripts', 'true', 'echo "a,b"', '-n', 'one', 'two', '-w', 'both'];
    expect((await peerLpad(file, ...words)).code).toBe(0);
    expect(await ours(...words)).toMatchObject({ status: 0, err: '' });
    const added = (await ours('get_fws', '-n', 'one', '-n', 'two', '-d', 'all')).out;
    const [first, second, third, fourth] = JSON.parse(added) as readonly { readonly spec: unknown }[];
    expect([third?.spec, fourth?.spec]).toEqual([first?.spec, second?.spec]);
  });

  /** A file as Python's FireWorks understands it. */
  async function asPythonReads(path: string): Promise<unknown> {
    const code = `import json, sys
from fireworks import Workflow
print(json.dumps(Workflow.from_file(sys.argv[1]).to_db_dict(), default=str, sort_keys=True))
print(json.dumps([fw.to_dict() for fw in Workflow.from_file(sys.argv[1]).fws], default=str, sort_keys=True))`;
    const { stdout, stderr } = await runPeer(code, [path]);
    if (stdout === '') throw new Error(`${stderr}\n${readFileSync(path, 'utf8')}`);
    return stdout;
  }
});

/** Parsed; lists of ids that have no order are sorted, and milliseconds are no microseconds. */
function comparable(text: string): unknown {
  const value: unknown = JSON.parse(text);
  return Array.isArray(value) && value.every(Number.isInteger) ? value.toSorted() : value;
}
