/**
 * Who may import whom (docs/architecture.md), and which packages belong to one place alone.
 * test/unit/house/import-rules.test.ts sees each of these rules refuse something.
 */

const PORT = '^src/storage/(launchpad-store|whole-documents|cache-store|recovery-store)[.]ts$';
const ERRORS = '^src/errors[.]ts$';

/** The words that everyone speaks: states, models and the errors' table; no planner is among them. */
const VOCABULARY = '^src/domain/(state|model)[.]ts$';

function folder(name) {
  return `^src/${name}/`;
}

/** The packages with these names, wherever they are installed; a package's own types count as the package. */
function packages(...names) {
  return `(^|/)node_modules/(@types/)?(${names.join('|')})(/|$)`;
}

/** What stands in `path` may import, of this repository, only itself and what matches one of `allowed`. */
function layer(name, path, allowed, comment) {
  return {
    name: `layer-${name}`,
    comment,
    severity: 'error',
    from: { path },
    to: { path: '^(src|bin|test|bench|scripts)/', pathNot: [path, ERRORS, ...allowed] },
  };
}

/** Only what stands in `home` imports these packages. */
function owned(name, home, names, comment) {
  return {
    name: `only-${name}`,
    comment,
    severity: 'error',
    from: { path: '^(src|bin)/', pathNot: home },
    to: { path: packages(...names) },
  };
}

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    layer('errors', ERRORS, [], 'errors.ts imports nothing: everyone imports it.'),
    layer('domain', folder('domain'), [], 'The domain is pure: it knows no other layer.'),
    layer('specs', folder('specs'), [folder('domain')], 'specs → domain.'),
    layer(
      'storage-shared',
      '^src/storage/[^/]+[.]ts$',
      [folder('domain')],
      'The port and what both stores share → domain.',
    ),
    layer(
      'mongo',
      folder('storage/mongo'),
      [folder('domain'), '^src/storage/[^/]+[.]ts$'],
      'A store → the port, domain.',
    ),
    layer(
      'embedded',
      folder('storage/embedded'),
      [folder('domain'), '^src/storage/[^/]+[.]ts$'],
      'A store → the port, domain.',
    ),
    layer(
      'launchpad',
      folder('launchpad'),
      [folder('domain'), folder('specs'), PORT],
      'launchpad → domain, specs, the port.',
    ),
    layer(
      'rocket',
      folder('rocket'),
      [folder('launchpad'), folder('domain'), folder('specs'), PORT],
      'rocket → launchpad, domain, specs, the port.',
    ),
    layer(
      'config',
      folder('config'),
      [folder('specs'), VOCABULARY],
      'config → specs; of the domain its vocabulary.',
    ),
    layer('logging', folder('logging'), [], 'logging knows no other layer.'),
    layer(
      'cli',
      folder('cli'),
      ['launchpad', 'rocket', 'config', 'logging', 'specs']
        .map(folder)
        .concat('^src/compose[.]ts$', VOCABULARY, PORT),
      'cli → launchpad, rocket, config, logging, compose; specs to read what is typed; of the domain its vocabulary.',
    ),
    layer(
      'library',
      folder('library'),
      ['launchpad', 'rocket', 'config', 'logging', 'specs', 'domain']
        .map(folder)
        .concat('^src/compose[.]ts$', PORT),
      'library → launchpad, rocket, config, logging, compose, specs, domain: what src/index.ts hands out.',
    ),
    layer(
      'compose',
      '^src/compose[.]ts$',
      ['storage', 'launchpad', 'rocket', 'config', 'logging', 'domain', 'specs'].map(folder),
      'compose.ts puts the layers together, below cli.',
    ),
    {
      name: 'only-compose-picks-a-store',
      comment:
        'launchpad, rocket and cli are handed a store; of the port they take types and its constants, never a store.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/storage/', '^src/compose[.]ts$'] },
      to: { path: ['^src/storage/(mongo|embedded)/'] },
    },
    {
      name: 'nothing-imports-cli',
      comment: 'cli is the outermost layer: bin/ starts it.',
      severity: 'error',
      from: { path: '^(src|bin)/', pathNot: [folder('cli'), '^bin/'] },
      to: { path: folder('cli') },
    },
    {
      name: 'nothing-imports-the-barrel',
      comment: 'src/index.ts is for those who use the library; inside, import the file that has it.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '/index[.]ts$' },
    },
    {
      name: 'no-other-barrel',
      comment: 'src/index.ts is the only file of that name.',
      severity: 'error',
      from: { path: '^src/.+/index[.]ts$' },
      to: {},
    },
    {
      name: 'domain-does-no-io',
      comment:
        'The domain is synchronous and pure: time and ids are passed in. A fingerprint is a hash, which is pure.',
      severity: 'error',
      from: { path: folder('domain'), pathNot: '^src/domain/failures/fingerprint[.]ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'domain-needs-only-xstate',
      comment: 'Of packages the domain knows xstate alone.',
      severity: 'error',
      from: { path: folder('domain') },
      to: { path: '(^|/)node_modules/', pathNot: packages('xstate') },
    },
    owned(
      'domain-knows-xstate',
      folder('domain'),
      ['xstate'],
      'The states are decided in the domain; others ask its table.',
    ),
    owned(
      'mongo-knows-mongodb',
      folder('storage/mongo'),
      ['mongodb'],
      'No driver type leaves the MongoDB store.',
    ),
    owned('embedded-knows-lmdb', folder('storage/embedded'), ['lmdb'], 'The embedded store alone.'),
    owned(
      'register-command-knows-yargs',
      '^src/cli/program/register-command[.]ts$',
      ['yargs'],
      'A command is data; one file knows yargs.',
    ),
    owned('logging-knows-winston', folder('logging'), ['winston'], 'Others log through src/logging.'),
    owned('specs-know-ajv', folder('specs'), ['ajv'], 'What is read is validated in specs.'),
    owned('specs-and-stores-know-bson', ['^src/(specs|storage)/'], ['bson'], 'Elsewhere values are plain.'),
    {
      name: 'no-circular',
      comment:
        'Two files that need each other are one thing, or hide a third: often a type that both speak of.',
      severity: 'error',
      from: { path: '^(src|bin)/' },
      to: { circular: true },
    },
    {
      name: 'not-to-tests',
      comment: 'What is shipped needs nothing that is not.',
      severity: 'error',
      from: { path: '^(src|bin)/' },
      to: { path: '^(test|bench|scripts)/' },
    },
    {
      name: 'not-to-dev-dependencies',
      comment: 'What is shipped needs only `dependencies`.',
      severity: 'error',
      from: { path: '^(src|bin)/' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: ['npm', 'type-only'],
        pathNot: '(^|/)node_modules/@types/',
      },
    },
    {
      name: 'no-unresolvable',
      comment: 'It must be there.',
      severity: 'error',
      from: { path: '^src/' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: '(^|/)node_modules/' },
    exclude: { path: '^dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['require', 'node', 'default', 'types'],
      mainFields: ['main', 'types'],
    },
  },
};
