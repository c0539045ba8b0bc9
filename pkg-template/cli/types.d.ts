import type { Client, Operation, OperationView } from 'huaweicloud-tasks';
import type { OPTIONS } from './options.js';
import type { createAnnotations } from './show/annotations.js';
import type { createOutput } from './show/output.js';

/** What there is to know of an option. */
export interface Option {
  /** The word for its value; a switch has none. */
  value?: string;
  help: string;
  /** Reads its value, or refuses it in the name of the flag. */
  read?: (text: string, flag: string) => unknown;
  /** Whether it may be given again. */
  many?: boolean;
}

type Options = typeof OPTIONS;

export type OptionName = keyof Options;

type ValueOf<One> = One extends { read: (...given: never) => infer Read }
  ? Read
  : One extends { many: boolean }
    ? string[]
    : One extends { value: string }
      ? string
      : boolean;

/** The values of the options. */
export type Values = { [Name in OptionName]?: ValueOf<Options[Name]> };

/** The options as they were given, before their values are read. */
export type Typed = { [Name in OptionName]?: string | true | string[] };

/** A command line that was read. */
export interface Line {
  values: Values;
  typed: Typed;
  positionals: string[];
}

export interface Command {
  name: string;
  summary: string;
  usage: string[];
  /** What its help tells besides: a title, and rows. */
  about?: [title: string, rows: string[][]];
  options: OptionName[];
  examples: string[];
  /** Gives the exit code. */
  run(line: Line & { output: Output }): Promise<number>;
}

/** Colours a text by an SGR code. */
export type Paint = (code: number, text: string) => string;

/** What bars are drawn with. */
export interface Glyphs {
  full: string;
  /** What the end of a bar may be, from nothing upwards. */
  parts: string[];
  track: string;
  dash: string;
  ellipsis: string;
}

/** An operation as it is shown. */
export interface Shown {
  label: string;
  /** `null` before the first answer. */
  view: OperationView | null;
  /** What ended the watching; `null` when nothing did. */
  error: unknown;
  /** When the view was seen first, and when the watching began, in epoch milliseconds. */
  seenAt: number;
  beganAt: number;
}

/** Where progress is shown. */
export interface Progress {
  begin(rows: Shown[]): void;
  change(row: Shown): void;
  end(): void;
}

export type Output = ReturnType<typeof createOutput>;

export type Annotations = ReturnType<typeof createAnnotations>;

/** Operations to watch, and what is to be done then. */
export interface Watch {
  client: Client;
  operations: Operation[];
  controller: AbortController;
  maxWaitMs?: number | undefined;
  /** Whether this program started them. */
  isStarted?: boolean;
  /** The command line to go on with, from handles as JSON. */
  commandFor(handles: string[]): string;
  /** Does what is to be done with what has ended, and gives more to tell of it. */
  finish(view: OperationView): Promise<Finished>;
}

/** What more there is to tell of an operation that has ended. */
export interface Finished {
  remark?: string;
  /** The file that a document was written to. */
  file?: string;
  /** A document for stdout. */
  document?: string;
  /** The exit code, if it is to be worse than the operation's. */
  code?: number;
}
