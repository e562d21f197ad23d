/**
 * Heavy packages, loaded at first use: `lpad get_fws -i 1` reads no workflow file and must not pay for the parsers.
 * `require` and not `import()`, because the functions that need them are synchronous.
 */
/* eslint-disable @typescript-eslint/no-require-imports */

export function lazyYaml(): typeof import('yaml') {
  return require('yaml') as typeof import('yaml');
}

export function lazyAjv(): typeof import('ajv').Ajv {
  return (require('ajv') as typeof import('ajv')).Ajv;
}

export function lazyPythonParser(): typeof import('@lezer/python').parser {
  return (require('@lezer/python') as typeof import('@lezer/python')).parser;
}

let bson: typeof import('bson') | undefined;

/** Asked for with every number of a document: looking the package up again would be most of the work. */
export function lazyBson(): typeof import('bson') {
  return (bson ??= require('bson') as typeof import('bson'));
}
