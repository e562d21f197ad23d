/** The Python that runs Firetasks of Python, and what it is told besides the Firetask. */
import type { ValueObject } from '../../../domain/model';

export interface PythonOptions {
  /** A program on the PATH, or the path of one. */
  readonly command: string;
  /** Where the rocket was started: FireWorks looks for its FW_config.yaml there. */
  readonly startedIn: string;
  /** TEMPLATE_DIR, absolute. */
  readonly templateDir?: string | undefined;
  /** The arguments of FireWorks' LaunchPad, for `_add_launchpad_and_fw_id`; none for a database that it cannot open. */
  readonly launchpad?: ValueObject | undefined;
  /** Names of Firetasks that the user wants run by Python's FireWorks. */
  readonly firetasks: readonly string[];
}

/** What was found out about it. */
export interface PythonFeatures {
  readonly jinja2: boolean;
  readonly fireworks: boolean;
}
