/** What decides which configuration is read: the flags, the environment, and where the command was started. */
export interface ConfigOptions {
  /** `-l` or `-w`: a file that must exist. */
  readonly file?: string | undefined;
  /** `-c`: a folder that is searched first. */
  readonly configDir?: string | undefined;
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly home: string;
}

export type Surroundings = Pick<ConfigOptions, 'env' | 'cwd' | 'home'>;
