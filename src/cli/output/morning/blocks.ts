/** The report of the morning in pieces that text, Markdown and HTML print each in its way. */

/** A number that stands out, with what belongs to it. */
export interface Figure {
  readonly label: string;
  readonly value: string;
  readonly note: string;
}

export interface TypedCommand {
  /** What it is for, in a few words. */
  readonly says: string;
  readonly command: string;
}

/** Columns of stacked parts, one column a night. */
export interface Chart {
  readonly title: string;
  /** What a part counts: `Fireworks`. */
  readonly unit: string;
  /** From the bottom to the top. */
  readonly series: readonly { readonly name: string; readonly colour: string }[];
  readonly columns: readonly {
    readonly label: string;
    /** One a series; not below 0. */
    readonly values: readonly number[];
  }[];
}

export type Block =
  | { readonly kind: 'title'; readonly text: string }
  | { readonly kind: 'heading'; readonly text: string }
  /** One below the other. */
  | { readonly kind: 'lines'; readonly lines: readonly string[] }
  | { readonly kind: 'figures'; readonly figures: readonly Figure[] }
  | {
      readonly kind: 'table';
      readonly head: readonly string[];
      readonly rows: readonly (readonly (string | number)[])[];
    }
  /** Something with a name, what is to be said about it, and what to type. */
  | {
      readonly kind: 'entry';
      readonly name: string;
      readonly lines: readonly string[];
      readonly commands: readonly TypedCommand[];
    }
  | { readonly kind: 'commands'; readonly commands: readonly TypedCommand[] }
  /** For pages alone: the numbers stand in a table beside them. */
  | { readonly kind: 'charts'; readonly charts: readonly Chart[] };
