/** The command line on a terminal: the bars as a pure function, and one real terminal. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { describe, test } from 'node:test';

import { PROGRAM, run, simulated, source } from './command-line.js';

const { ASCII, renderBars, UNICODE } = await source('show/bar.js');
const { clock, columnsOf, duration, endsIn, oneLine, shellQuoted } = await source('show/text.js');
const { glyphsFor, painter } = await source('show/style.js');

const NOW = 1_700_000_000_000;
const plain = (_code, text) => text;

const VIEW = {
  state: 'running',
  status: 'creating',
  percent: 50,
  estimatedPercent: 40,
  elapsedMs: 185_000,
  eta: { earliest: NOW + 120_000, latest: NOW + 290_000 },
  slow: false,
};
/** An operation that runs, but for what `view` says otherwise; `null` when nothing has been seen yet. */
const row = (label, view) => {
  const seen = view && { ...VIEW, ...view };
  return { label, view: seen, error: null, seenAt: NOW, beganAt: NOW - 2_000 };
};

const render = (rows, { width = 80, height = 24, now = NOW, glyphs = UNICODE } = {}) =>
  renderBars(rows, { now, width, height, glyphs, paint: plain });

describe('a bar', () => {
  test('has the label, the part that is done, the percentage, the state, the time and the end', () => {
    // 79 columns, less 44 for the words and the spaces: a bar of 35, of which half is 17.5.
    const bar = `${'█'.repeat(17)}▌${'░'.repeat(17)}`;
    assert.deepEqual(render([row('gateway-1', {})]), [`gateway-1 ${bar} 50 % running 3:05 ends in 2–5 min`]);
    assert.deepEqual(render([row('gateway-1', {})], { width: 60, glyphs: ASCII }), [
      'gateway-1 ########------- 50 % running 3:05 ends in 2-5 min',
    ]);
  });

  test('marks a percentage that is an estimate, and draws its parts finely', () => {
    // 51 % of 12 is 6.12, which is 6 and nearly an eighth.
    const estimated = row('g', { percent: null, estimatedPercent: 51, eta: null });
    assert.deepEqual(render([estimated], { width: 34 }), ['g ██████▏░░░░░ ~51 % running 3:05']);
  });

  test('wanders where nothing tells how far it is', () => {
    const unknown = [row('t', { state: 'waiting', percent: null, estimatedPercent: null, eta: null })];
    const at = (now) => render(unknown, { width: 30, now })[0];
    assert.notEqual(at(NOW), at(NOW + 250));
    assert.match(at(NOW), /^t ░*█+░* waiting 3:05$/);
  });

  test('counts the time between two answers, and says when it is slow', () => {
    const [line] = render([row('g', { slow: true, eta: null })], { now: NOW + 60_000 });
    assert.match(line, / running 4:05 slower than usual$/);
    const [late] = render([row('g', {})], { now: NOW + 300_000 });
    assert.match(late, / 8:05 may end any moment$/);
  });

  test('of what is over is full, or stays where it failed', () => {
    const over = { eta: null, elapsedMs: 324_000 };
    const lines = render(
      [
        row('one', { ...over, state: 'succeeded', percent: 99 }),
        row('two', { ...over, state: 'failed', percent: 0 }),
        { ...row('three', null), error: new Error('gone') },
        row('four', null),
      ],
      { width: 40, now: NOW + 90_000 },
    );
    assert.deepEqual(lines, [
      'one   ██████████████████ succeeded 5:24',
      'two   ░░░░░░░░░░░░░░░░░░ failed    5:24',
      'three ░░░░░░░░░░░░░░░░░░ error     1:32',
      lines[3],
    ]);
    assert.match(lines[3], /^four {2}░*████░* asking {4}1:32$/);
  });

  test('goes without what has no room, and never wraps', () => {
    const label = '9100ae30705947cc9543d37cd7fb388c';
    const rows = [row(label, {}), row('宽宽宽宽宽宽宽宽宽宽', { state: 'unknown', status: 'queued\n' })];
    for (let width = 10; width <= 130; width += 1) {
      const lines = render(rows, { width });
      assert.equal(lines.length, 2);
      for (const line of lines) assert.ok(columnsOf(line) < width, `${width}: ${line}`);
    }
    const at = (width) => render(rows, { width })[0];
    assert.match(at(100), /^9100ae30705947cc9543d37cd7fb388c █[^ ]+░ 50 % running 3:05 ends in 2–5 min$/);
    assert.match(at(60), /^9100\w+… █+░+ 50 % running 3:05 ends in 2–5 min$/);
    assert.match(at(40), /^9100\w+… █+░+ 50 % running 3:05$/);
    assert.match(at(30), /^9100\w+… █[^ ]+░ 50 % running$/);
    assert.match(at(28), /^9100\w+… █+░+ running$/);
  });

  test('of many shows those that run, and counts the others', () => {
    const done = { state: 'succeeded', eta: null };
    const rows = [...Array(8)].map((_, index) => row(`g${index}`, index < 6 ? done : {}));
    const lines = render([...rows, row('g8', null)], { height: 6 });
    assert.deepEqual(
      lines.map((line) => line.slice(0, 2)),
      ['g0', 'g6', 'g7', 'g8', 'an'],
    );
    assert.equal(lines.at(-1), 'and 5 more: 5 succeeded');
  });
});

describe('words', () => {
  test('for times', () => {
    assert.deepEqual([0, 65_000, 3_783_000].map(clock), ['0:00', '1:05', '1:03:03']);
    assert.deepEqual([0, 320, 5_400, 60_000, 185_000, 3_600_000, 3_783_000].map(duration), [
      '0 s',
      '0.3 s',
      '5 s',
      '1 min',
      '3 min 5 s',
      '1 h',
      '1 h 3 min',
    ]);
    const within = (earliest, latest) => endsIn({ earliest, latest }, 0, '-');
    assert.equal(within(20_000, 45_000), 'ends in 20-45 s');
    assert.equal(within(50_000, 170_000), 'ends within 3 min');
    assert.equal(within(-5_000, 30_000), 'ends within 30 s');
    assert.equal(within(3_700_000, 7_300_000), 'ends in 1-3 h');
    assert.equal(within(-20_000, -1), 'may end any moment');
  });

  test('for a shell and for a terminal', () => {
    assert.deepEqual(['a-b.c', "it's", '', '$x y'].map(shellQuoted), ['a-b.c', `'it'\\''s'`, "''", "'$x y'"]);
    assert.equal(oneLine('a\u001b[2J\r\nb\u0085c\u202ed'), 'a [2J b c d');
  });
});

describe('what a terminal can show', () => {
  const terminal = { isTTY: true };
  const isColoured = (stream, env, values) => painter(stream, env, values)(1, 'x') !== 'x';

  test('colours, unless one does not want them', () => {
    assert.equal(isColoured(terminal, {}), true);
    assert.equal(isColoured({}, {}), false);
    assert.equal(isColoured(terminal, { TERM: 'dumb' }), false);
    assert.equal(isColoured(terminal, { NO_COLOR: '1' }), false);
    assert.equal(isColoured(terminal, { NO_COLOR: '' }), true);
    assert.equal(isColoured({}, { FORCE_COLOR: '1' }), true);
    assert.equal(isColoured({}, { FORCE_COLOR: '1', NO_COLOR: '1' }), true);
    assert.equal(isColoured(terminal, { FORCE_COLOR: '0' }), false);
    assert.equal(isColoured(terminal, { FORCE_COLOR: '1' }, { 'no-color': true }), false);
  });

  test('blocks where the locale has them', () => {
    assert.equal(glyphsFor({ LANG: 'de_DE.UTF-8' }, 'linux'), UNICODE);
    assert.equal(glyphsFor({ LANG: 'C' }, 'linux'), ASCII);
    assert.equal(glyphsFor({ LANG: 'C.UTF-8', LC_ALL: 'POSIX' }, 'linux'), ASCII);
    assert.equal(glyphsFor({}, 'darwin'), UNICODE);
    assert.equal(glyphsFor({}, 'win32'), ASCII);
    assert.equal(glyphsFor({ WT_SESSION: '1' }, 'win32'), UNICODE);
  });

  test('is what the program goes by', async () => {
    const colour = '\u001b[1mAPIC.9218\u001b[0m';
    const explain = (args, env) => run(['explain', 'APIC.9218', ...args], { env }).then(({ stdout }) => stdout);
    assert.ok((await explain([], { FORCE_COLOR: '1' })).startsWith(colour));
    assert.ok((await explain(['--no-color'], { FORCE_COLOR: '1' })).startsWith('APIC.9218'));
    assert.ok((await explain([], {})).startsWith('APIC.9218'));
  });
});

const hasScript = spawnSync('script', ['--version']).status === 0;

/** The program on a terminal of 60 columns; what it writes is given to `onText` as it comes. */
function onTerminal(args, env, onText) {
  const line = `stty cols 60 rows 10; exec '${process.execPath}' '${PROGRAM}' ${args}`;
  const child = spawn('script', ['-qec', line, '/dev/null'], {
    env: { PATH: process.env.PATH, LANG: 'C.UTF-8', TERM: 'xterm', SHELL: '/bin/sh', ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let seen = '';
  child.stdout.setEncoding('utf8').on('data', (piece) => {
    seen += piece;
    onText?.(seen, child);
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ seen, code })));
}

describe('a real terminal', { skip: !hasScript && 'there is no script(1)' }, () => {
  test('is drawn upon in place, and left as it was', async (t) => {
    const { env } = await simulated(t, { speed: 1_000 });
    const { seen, code } = await onTerminal('watch apig.gateway gateway-1 gateway-2 --interval 100ms', env);
    assert.equal(code, 0);
    assert.match(seen, /^\u001b\[\?25l/);
    assert.match(seen, /\r\u001b\[1Agateway-1 \u001b\[36m█/);
    const [, after] = /[\s\S]*\u001b\[\?25h([\s\S]*)/.exec(seen);
    assert.match(after, /^gateway-1: .*succeeded.* after .*\r\ngateway-2: .*succeeded.*\r\n$/);
  });

  test('shows the cursor again after Ctrl-C, which is typed', async (t) => {
    const { env } = await simulated(t, { speed: 0 });
    let isTyped = false;
    const typeOnce = (seen, child) => {
      if (isTyped || !seen.includes('running')) return;
      isTyped = true;
      child.stdin.write('\u0003');
    };
    const { seen, code } = await onTerminal('watch apig.gateway gateway-1', { ...env, NO_COLOR: '1' }, typeOnce);
    assert.equal(code, 4);
    assert.ok(seen.lastIndexOf('\u001b[?25h') > seen.lastIndexOf('\u001b[?25l'));
    assert.match(seen, /Stopped watching \(interrupted\)[\s\S]*huaweicloud-tasks watch --resume/);
    assert.doesNotMatch(seen, /\u001b\[\d+m/);
  });

  test('that is dumb gets lines', async (t) => {
    const { env } = await simulated(t, { speed: 3_000 });
    const { seen } = await onTerminal('watch kps.task kps-bind --interval 100ms', { ...env, TERM: 'dumb' });
    assert.doesNotMatch(seen, /\u001b/);
    assert.match(seen, /Z kps-bind: succeeded/);
  });
});
