// @ts-check
// What `--help` says.
import { VARIABLES } from './connection.js';
import { EXIT_WORDS } from './exit.js';
import { optionOf, shortOf } from './options.js';
import { columns } from './show/text.js';

/** @import { Command, OptionName, Paint } from './types.js' */

const NAME = 'huaweicloud-tasks';

/**
 * @param {string} title
 * @param {string[]} lines
 * @param {Paint} paint
 */
const section = (title, lines, paint) => ['', paint(1, title), ...lines];

/** @param {string} text */
const exampleOf = (text) => `  ${text.includes(NAME) ? text : `${NAME} ${text}`}`;

/**
 * The help of the program.
 *
 * @param {Command[]} commands
 * @param {Paint} paint
 */
export function programHelp(commands, paint) {
  return [
    "Start, watch and read Huawei Cloud's long-running operations.",
    '',
    `${paint(1, 'Usage')}  ${NAME} <command> [options]`,
    ...section('Commands', columns(commands.map(({ name, summary }) => [name, summary])), paint),
    '',
    `  ${NAME} <command> --help tells its options; --version the version.`,
    ...section('Environment', columns(VARIABLES), paint),
    '',
    '  --credentials FILE has lines of the same names for what the environment lacks.',
    '  Options come before both. No secret is taken from an argument.',
    ...section('Examples', EXAMPLES.map(exampleOf), paint),
    ...section('Exit codes', exitCodes(), paint),
  ];
}

const EXAMPLES = [
  'watch apig.gateway 2c1a… --region cn-north-4 --max-wait 15m',
  'import petstore.yaml --instance 2c1a… --group 5d0b…',
  'explain APIC.9218',
  'simulate --speed 60',
];

const exitCodes = () => [
  ...columns(EXIT_WORDS.map(([code, words]) => [String(code), words])),
  '  Of several operations, the first of 5, 1, 3, 4 and 0 that occurs.',
];

/**
 * The help of one command.
 *
 * @param {Command} command
 * @param {Paint} paint
 */
export function commandHelp({ name, summary, usage, about, options, examples }, paint) {
  const [first, ...others] = usage.map((text) => `${NAME} ${name} ${text}`);
  return [
    `${summary[0].toUpperCase()}${summary.slice(1)}.`,
    '',
    `${paint(1, 'Usage')}  ${first} [options]`,
    ...others.map((text) => `       ${text} [options]`),
    ...(about ? section(about[0], columns(about[1]), paint) : []),
    ...section('Options', columns(options.map(optionRow)), paint),
    ...section('Examples', examples.map(exampleOf), paint),
    ...section('Exit codes', exitCodes(), paint),
  ];
}

/** @param {OptionName} name */
function optionRow(name) {
  const { value, help } = optionOf(name);
  const short = shortOf(name);
  return [`${short ? `-${short}, ` : '    '}--${name}${value ? ` ${value}` : ''}`, help];
}
