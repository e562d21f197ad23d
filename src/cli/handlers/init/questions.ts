/** The questions of `lpad init`, FireWorks' own; an answer that the schema would refuse is asked for again. */
import { isMongoUri, parseMongoUri } from '../../../config/mongo-uri';
import { LpadError } from '../../../errors';
import type { CommandContext } from '../../program/define-command';
import type { LaunchPadSettings } from './launchpad-file';
import type { Terminal } from './terminal';

interface Question {
  readonly key: string;
  readonly fallback?: string;
  readonly help: string;
  readonly secret?: boolean;
  /** What is wrong with an answer, or nothing. */
  readonly problem?: (answer: string) => string | undefined;
}

const HOST: Question = {
  key: 'host',
  fallback: 'localhost',
  help: "Example: 'db.example.org'",
  problem: (host) => (isMongoUri(host) ? 'that is a URI, for which there is `lpad init -u`' : undefined),
};
const PORT: Question = {
  key: 'port',
  fallback: '27017',
  help: 'Where the server listens',
  problem: (port) =>
    /^\d+$/.test(port) && Number(port) >= 1 && Number(port) <= 65535
      ? undefined
      : 'a port is a whole number from 1 to 65535',
};
const NAME: Question = {
  key: 'name',
  fallback: 'fireworks',
  help: 'Database under which to store the fireworks collections',
};
const USERNAME: Question = { key: 'username', help: 'Username for MongoDB authentication' };
const PASSWORD: Question = {
  key: 'password',
  help: 'Password for MongoDB authentication, not shown',
  secret: true,
};
const CA_FILE: Question = {
  key: 'ssl_ca_file',
  help: 'File with the certificates of the authorities to trust; with it the connection uses TLS',
};
const AUTHSOURCE: Question = {
  key: 'authsource',
  help: "Database used for authentication, if not connection db. E.g., for MongoDB Atlas this is sometimes 'admin'",
};
const URI: Question = {
  key: 'host',
  help: "Example: 'mongodb+srv://USER:PASSWORD@CLUSTERNAME.mongodb.net/'",
  problem: problemOfUri,
};

export async function askSettings(
  uriMode: boolean,
  terminal: Terminal,
  { say }: CommandContext,
): Promise<LaunchPadSettings> {
  if (uriMode) say('In URI mode, the connection with its user and password is one MongoDB URI, the host.');
  else say('For a database in a folder, without a server, there is `lpad init --path FOLDER`.');
  say('Please supply the following configuration values');
  say('(press Enter if you want to accept the defaults)\n');
  const asking = async (question: Question): Promise<string | undefined> => answerTo(question, terminal, say);
  if (uriMode) {
    const uri = (await asking(URI)) ?? '';
    const fallback = parseMongoUri(uri, 'host').database ?? 'fireworks';
    return { kind: 'uri', uri, name: await asking({ ...NAME, fallback }), caFile: await asking(CA_FILE) };
  }
  return {
    kind: 'server',
    host: (await asking(HOST)) ?? 'localhost',
    port: Number(await asking(PORT)),
    name: await asking(NAME),
    username: await asking(USERNAME),
    password: await asking(PASSWORD),
    caFile: await asking(CA_FILE),
    authsource: await asking(AUTHSOURCE),
  };
}

async function answerTo(
  { key, fallback, help, secret, problem }: Question,
  terminal: Terminal,
  say: (line: string) => void,
): Promise<string | undefined> {
  const text = `Enter ${key} parameter. (default=${fallback ?? 'None'}). ${help}: `;
  for (;;) {
    const typed = secret ? await terminal.askSecret(text) : (await terminal.ask(text)).trim();
    const answer = typed === '' ? fallback : typed;
    const wrong = problem?.(answer ?? '');
    if (wrong === undefined) return answer;
    say(wrong);
  }
}

function problemOfUri(uri: string): string | undefined {
  if (!isMongoUri(uri)) return 'a URI starts with mongodb:// or mongodb+srv://';
  try {
    parseMongoUri(uri, 'that');
    return undefined;
  } catch (error) {
    if (error instanceof LpadError) return [error.message, error.hint].filter(Boolean).join('; ');
    throw error;
  }
}
