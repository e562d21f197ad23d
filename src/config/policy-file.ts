/** The file with the policy of a recovery. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { LpadError } from '../errors';
import { parsePolicyText, type PolicyFile } from '../specs/recovery/policy-file';
import { formatOfFile } from '../specs/workflow-files/located-document';

/** Throws BAD_POLICY. */
export async function readPolicyFile(file: string, cwd: string): Promise<PolicyFile> {
  const format = formatOfFile(file);
  if (!format) throw new LpadError('BAD_POLICY', `${file}: a policy ends in .yaml, .yml or .json`);
  return parsePolicyText(await readText(file, cwd), { file, format });
}

async function readText(file: string, cwd: string): Promise<string> {
  try {
    return await readFile(path.resolve(cwd, file), 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const what = code === 'ENOENT' ? 'does not exist' : `cannot be read: ${String(code)}`;
    throw new LpadError('BAD_POLICY', `the policy ${file} ${what}`, { cause: error });
  }
}
