// @ts-check
import { KINDS } from '#registry';
import { KIND_WORDS } from '#words';
import { connect } from '../connection.js';
import { UsageError } from '../errors.js';
import { commandFor, readHandles } from '../going-on.js';
import { interruptible } from '../interrupt.js';
import { CONNECTION, SAVING, SHOWING, WATCHING } from '../options.js';
import { checkOutput } from '../save.js';
import { saveExport } from '../start.js';
import { watchToEnd } from '../watching.js';

/** @import { OperationKind, OperationTarget } from 'huaweicloud-tasks' */
/** @import { Command } from '../types.js' */

/** @type {Command} */
export const watch = {
  name: 'watch',
  summary: 'watch operations that are running to their end',
  usage: ['<kind> <ids…>', '--resume <handle>'],
  about: ['Kinds', Object.entries(KINDS).map(([kind, ids]) => [`${kind} ${placeholders(ids)}`, KIND_WORDS[kind]])],
  options: ['resume', ...WATCHING, ...SAVING, ...CONNECTION, ...SHOWING],
  examples: [
    'watch apig.gateway 2c1a… --max-wait 15m',
    'watch apig.task 2c1a… 9f3e… 77b0… --json | jq .state',
    'watch --resume handle.json',
  ],
  async run({ values, typed, positionals, output }) {
    checkOutput(values);
    const targets = values.resume === undefined ? targetsOf(positionals) : noTargets(positionals);
    const handles = values.resume === undefined ? [] : await readHandles(values.resume);
    const client = await connect(values);
    const operations = [
      ...targets.map((target) => client.watch(target)),
      ...handles.map((handle) => client.resume(handle)),
    ];
    return interruptible((controller) =>
      watchToEnd(
        {
          client,
          operations,
          controller,
          maxWaitMs: values['max-wait'],
          commandFor: (handles) => commandFor(handles, typed),
          finish: (view) => saveExport(view, values),
        },
        output,
      ),
    );
  },
};

/**
 * What the ids of a kind look like in its usage: the last of them may be given more than once.
 *
 * @param {string[]} ids
 */
function placeholders(ids) {
  const words = ids.map((id) => id.replace(/Id$/, ''));
  return [...words.slice(0, -1), `${words.at(-1)}…`].map((word) => `<${word}>`).join(' ');
}

/**
 * What to watch, by a kind and its ids: the last of them may be given more than once.
 *
 * @param {string[]} positionals
 * @returns {OperationTarget[]}
 */
function targetsOf([kind, ...ids]) {
  if (kind === undefined) throw new UsageError('watch what? Give a kind and ids, or --resume', 'watch');
  if (!Object.hasOwn(KINDS, kind)) {
    throw new UsageError(`${kind}: unknown; expected one of ${Object.keys(KINDS).join(', ')}`, 'watch');
  }
  const names = KINDS[/** @type {OperationKind} */ (kind)];
  const shared = ids.slice(0, names.length - 1);
  const watched = ids.slice(names.length - 1);
  if (watched.length === 0) throw new UsageError(`${kind}: expected ${names.join(' and ')}`, 'watch');
  return watched.map((id) => {
    const target = { kind, ...Object.fromEntries(names.map((name, index) => [name, [...shared, id][index]])) };
    return /** @type {OperationTarget} */ (target);
  });
}

/** @param {string[]} positionals */
function noTargets(positionals) {
  if (positionals.length === 0) return [];
  throw new UsageError('--resume goes without a kind and ids: the handle has them', 'watch');
}
