import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { runProgram } from '../../support/run-program';
import { temporaryFolder } from '../../support/temporary-folder';

const ROOT = resolve(__dirname, '../../..');
const CONFIG = join(ROOT, '.dependency-cruiser.cjs');

/** [the rule, who imports, what]: what begins with `src/` is a file, made for it; the rest are packages. */
const FORBIDDEN: readonly (readonly [rule: string, from: string, to: string])[] = [
  ['layer-errors', 'src/errors.ts', 'src/domain/state'],
  ['layer-domain', 'src/domain/rules/refresh.ts', 'src/specs/validate'],
  ['layer-domain', 'src/domain/patch.ts', 'src/storage/launchpad-store'],
  ['layer-specs', 'src/specs/parse.ts', 'src/launchpad/rerun'],
  ['layer-specs', 'src/specs/json.ts', 'src/storage/documents'],
  ['layer-storage-shared', 'src/storage/bson-values.ts', 'src/specs/validate'],
  ['layer-storage-shared', 'src/storage/ids.ts', 'src/storage/mongo/journal'],
  ['layer-mongo', 'src/storage/mongo/reads/find-fireworks.ts', 'src/storage/embedded/file'],
  ['layer-mongo', 'src/storage/mongo/indexes.ts', 'src/specs/validate'],
  ['layer-embedded', 'src/storage/embedded/find-fireworks.ts', 'src/storage/mongo/journal'],
  ['layer-launchpad', 'src/launchpad/undo.ts', 'src/rocket/rapidfire'],
  ['layer-launchpad', 'src/launchpad/control.ts', 'src/storage/documents'],
  ['layer-launchpad', 'src/launchpad/lost-runs.ts', 'src/config/load'],
  ['layer-rocket', 'src/rocket/launch.ts', 'src/storage/documents'],
  ['layer-rocket', 'src/rocket/registry.ts', 'src/config/load'],
  ['layer-config', 'src/config/merge.ts', 'src/launchpad/rerun'],
  ['layer-config', 'src/config/plan.ts', 'src/domain/rerun-plan'],
  ['layer-logging', 'src/logging/redact.ts', 'src/config/load'],
  ['layer-cli', 'src/cli/commands/rerun/rerun-fws.ts', 'src/domain/rerun-plan'],
  ['layer-cli', 'src/cli/options/selectors.ts', 'src/storage/documents'],
  ['layer-compose', 'src/compose.ts', 'src/cli/main'],
  ['layer-library', 'src/library/firework.ts', 'src/cli/main'],
  ['only-compose-picks-a-store', 'src/launchpad/rerun-plan-file.ts', 'src/storage/mongo/journal'],
  ['only-compose-picks-a-store', 'src/index.ts', 'src/storage/embedded/file'],
  ['nothing-imports-cli', 'src/launchpad/maintain.ts', 'src/cli/main'],
  ['nothing-imports-cli', 'src/index.ts', 'src/cli/main'],
  ['nothing-imports-the-barrel', 'src/cli/commands/version.ts', 'src/index'],
  ['no-other-barrel', 'src/config/index.ts', 'src/errors'],
  ['domain-does-no-io', 'src/domain/model-file.ts', 'node:fs'],
  ['domain-does-no-io', 'src/domain/random.ts', 'node:crypto'],
  ['domain-needs-only-xstate', 'src/domain/ids.ts', 'bson'],
  ['only-domain-knows-xstate', 'src/launchpad/states.ts', 'xstate'],
  ['only-mongo-knows-mongodb', 'src/storage/launchpad-store.ts', 'mongodb'],
  ['only-mongo-knows-mongodb', 'src/cli/connect.ts', 'mongodb'],
  ['only-embedded-knows-lmdb', 'src/storage/mongo/query.ts', 'lmdb'],
  ['only-embedded-knows-lmdb', 'src/storage/queries.ts', 'lmdb'],
  ['only-register-command-knows-yargs', 'src/cli/main.ts', 'yargs'],
  ['only-logging-knows-winston', 'src/cli/output/progress.ts', 'winston'],
  ['only-specs-know-ajv', 'src/config/validate.ts', 'ajv'],
  ['only-specs-and-stores-know-bson', 'src/launchpad/queries.ts', 'bson'],
  ['no-circular', 'src/rocket/first.ts', 'src/rocket/second'],
  ['not-to-tests', 'src/launchpad/builder.ts', 'test/support/builder'],
  ['not-to-dev-dependencies', 'src/specs/arbitrary.ts', 'fast-check'],
  ['no-unresolvable', 'src/specs/typo.ts', './no-such-file'],
];

const ALLOWED: readonly (readonly [from: string, to: string])[] = [
  ['src/domain/rules/firework-machine.ts', 'xstate'],
  ['src/domain/rules/next-state.ts', 'src/errors'],
  ['src/specs/validate-workflow.ts', 'ajv'],
  ['src/specs/extended-json.ts', 'bson'],
  ['src/storage/mongo/claim.ts', 'mongodb'],
  ['src/storage/mongo/commit.ts', 'src/storage/documents'],
  ['src/storage/embedded/claim.ts', 'lmdb'],
  ['src/launchpad/pause.ts', 'src/storage/launchpad-store'],
  ['src/cli/program/register-command.ts', 'yargs'],
  ['src/cli/commands/pause.ts', 'src/launchpad/rerun'],
  ['src/cli/states.ts', 'src/domain/state'],
  ['src/compose-all.ts', 'node:fs'],
  ['bin/lpad.ts', 'src/cli/main'],
];

/** The other rules must see a type, a value and a lazy import alike, so these take turns. */
const TYPES_ARE_FINE: ReadonlySet<string> = new Set(['not-to-dev-dependencies']);

interface Violation {
  readonly from: string;
  readonly rule: { readonly name: string };
}

/** The files that these imports need, each importing what it shall, in every way that TypeScript has. */
function sources(): ReadonlyMap<string, string> {
  const lines = new Map<string, string[]>();
  const imports = [
    ...FORBIDDEN.map(([rule, from, to], index) => ({
      from,
      to,
      form: TYPES_ARE_FINE.has(rule) ? 1 : index % 3,
    })),
    ...ALLOWED.map(([from, to], index) => ({ from, to, form: index % 3 })),
  ];
  const add = (file: string, line: string): void => {
    lines.set(file, [...(lines.get(file) ?? []), line]);
  };
  imports.forEach(({ from, to, form }, index) => {
    const isFile = /^(src|test)\//.test(to);
    const target = isFile ? `${'../'.repeat(from.split('/').length - 1)}${to}` : to;
    if (isFile) {
      add(`${to}.ts`, `export type Thing${String(index)} = string;`);
    }
    add(from, importOf(target, `thing${String(index)}`, form));
  });
  add('src/rocket/second.ts', "import '../rocket/first';");
  return new Map([...lines].map(([file, content]) => [file, `${content.join('\n')}\nexport {};\n`]));
}

/** A type, a value or a lazy import. */
function importOf(target: string, name: string, form: number): string {
  return [
    `import type * as ${name} from '${target}';\nexport type T${name} = typeof ${name};`,
    `import * as ${name} from '${target}';\nexport const v${name} = ${name};`,
    `export const ${name} = () => import('${target}');`,
  ][form] as string;
}

async function cruise(folder: string): Promise<readonly Violation[]> {
  const program = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [program, '--config', CONFIG, '--output-type', 'json', 'src', 'bin'];
  const { stdout, stderr } = await runProgram(process.execPath, args, { cwd: folder });
  if (stdout === '') {
    throw new Error(stderr);
  }
  const report = JSON.parse(stdout) as { readonly summary: { readonly violations: readonly Violation[] } };
  return report.summary.violations;
}

describe('the rules of who may import whom', () => {
  const folder = temporaryFolder();
  let violations: readonly Violation[] = [];

  beforeAll(async () => {
    for (const [file, content] of sources()) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), content);
    }
    for (const file of ['package.json', 'tsconfig.json']) {
      cpSync(join(ROOT, file), join(folder, file));
    }
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    violations = await cruise(folder);
  });

  it.each(FORBIDDEN)('%s: %s must not import %s', (rule, from) => {
    const found = violations.filter((violation) => violation.from === from).map(({ rule: { name } }) => name);

    expect(found).toContain(rule);
  });

  it.each(ALLOWED)('%s may import %s', (from) => {
    expect(violations.filter((violation) => violation.from === from)).toEqual([]);
  });

  it('are each tried here', () => {
    const { forbidden } = jest.requireActual<{ forbidden: readonly { readonly name: string }[] }>(CONFIG);

    expect([...new Set(FORBIDDEN.map(([rule]) => rule))].sort()).toEqual(
      forbidden.map(({ name }) => name).sort(),
    );
  });
});
