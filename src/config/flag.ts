// What an option is: the same record describes it on the command line, in the help text and in a configuration file.

export interface Flag {
  readonly type: 'string' | 'boolean' | 'list';
  readonly choices?: readonly string[];
  /** What stands for the value in the help text. */
  readonly value?: string;
  readonly help: string;
}

export type FlagTable = Readonly<Record<string, Flag>>;

/** What was given for each option, as text; absent where nothing was. */
export type Given = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
