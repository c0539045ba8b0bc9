/** The command line: help, what is refused, where credentials come from, what errors look like. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';

import { folder, leadTo, run, SHOWING_FETCH, simulated, start, VERSION } from './command-line.js';
import { answering, serve } from './support.js';

const CONNECTION = ['region', 'project', 'endpoint', 'allow-insecure', 'credentials', 'timeout'];
const WATCHING = ['max-wait', 'interval'];
const SAVING = ['output', 'force'];
const SHOWING = ['json', 'quiet', 'no-color', 'help'];
const IMPORT = ['instance', 'group', 'create-group', 'extend-mode', 'api-mode', 'simple', 'mock', 'file-name'];
const EXPORT = ['instance', 'env', 'group', 'api', 'oas-version', 'define', 'type', 'document-version'];

/** Each command, and what it takes. */
const COMMANDS = {
  watch: ['resume', ...WATCHING, ...SAVING, ...CONNECTION, ...SHOWING],
  task: [...SAVING, ...CONNECTION, ...SHOWING],
  import: [...IMPORT, ...WATCHING, ...CONNECTION, ...SHOWING],
  export: [...EXPORT, ...SAVING, ...WATCHING, ...CONNECTION, ...SHOWING],
  decode: [...SAVING, ...SHOWING],
  explain: SHOWING,
  simulate: ['port', 'speed', 'seed', 'throttle', 'list', ...SHOWING],
};

describe('help', { concurrency: 2 }, () => {
  test('of the program names every command, every variable and every exit code, in 80 columns', async () => {
    const { stdout, stderr, code } = await run(['--help']);
    assert.deepEqual([stderr, code], ['', 0]);
    for (const name of Object.keys(COMMANDS)) assert.match(stdout, new RegExp(`^ {2}${name} +\\S`, 'm'));
    for (const name of ['TOKEN', 'SDK_AK', 'SDK_SK', 'SDK_SECURITY_TOKEN', 'PROJECT_ID', 'REGION', 'ENDPOINT']) {
      assert.ok(stdout.includes(`HUAWEICLOUD_${name}`), name);
    }
    for (const exit of ['0', '1', '2', '3', '4', '5']) assert.match(stdout, new RegExp(`^ {2}${exit} {2}\\S`, 'm'));
    for (const line of stdout.split('\n')) assert.ok(line.length <= 80, line);
    for (const other of ['-h', 'help']) assert.equal((await run([other])).stdout, stdout);
  });

  for (const [name, options] of Object.entries(COMMANDS)) {
    test(`of ${name} tells its options, and no others`, async () => {
      const { stdout, stderr, code } = await run([name, '--help']);
      assert.deepEqual([stderr, code], ['', 0]);
      assert.match(stdout, new RegExp(`^Usage {2}huaweicloud-tasks ${name} `, 'm'));
      const told = [...stdout.matchAll(/^ {2}(?:-\w, | {4})--([\w-]+)/gm)].map(([, option]) => option);
      assert.deepEqual(told.sort(), [...options].sort());
      for (const line of stdout.split('\n')) assert.ok(line.length <= 80, line);
    });
  }

  test('without a command is help on stderr, and wrong usage', async () => {
    const { stdout, stderr, code } = await run([]);
    assert.equal(stdout, '');
    assert.equal(stderr, (await run(['--help'])).stdout);
    assert.equal(code, 2);
  });

  test('the version is that of the package', async () => {
    assert.deepEqual(await run(['--version']), { stdout: `${VERSION}\n`, stderr: '', code: 0, signal: null });
  });
});

describe('what is wrong with a line', { concurrency: 4 }, () => {
  const ENV = leadTo('http://127.0.0.1:9');
  const wrong = {
    'an unknown command': [['wach'], /wach: unknown command; expected one of watch, task, import/],
    'an unknown option': [['watch', '--tiemout', '3'], /--tiemout: unknown option/],
    'an unknown short option': [['watch', '-x'], /-x: unknown option/],
    'a value for a switch': [['task', '--json=yes'], /--json: takes no value/],
    'an option without its value': [['watch', '--interval'], /--interval: expected a value/],
    'an empty value': [['task', 'i', 't', '--project='], /--project: expected a value/],
    'no kind': [['watch'], /watch what\? Give a kind and ids, or --resume\nTry: huaweicloud-tasks watch --help/],
    'an unknown kind': [['watch', 'ecs.server', 'i'], /ecs\.server: unknown; expected one of apig\.gateway,/],
    'no id': [['watch', 'kps.task'], /kps\.task: expected taskId/],
    'a task without its id': [['watch', 'apig.task', 'i'], /apig\.task: expected instanceId and taskId/],
    'no duration': [['watch', 'kps.task', 't', '--max-wait', 'soon'], /--max-wait: expected a duration such as 30s/],
    'a duration of nothing': [['watch', 'kps.task', 't', '--max-wait', '0'], /--max-wait: expected a duration/],
    'more than a timer counts': [['watch', 'kps.task', 't', '--max-wait', '600h'], /--max-wait: .*at most 24 days/],
    'no handle': [['watch', '--resume', '{nothing'], /--resume: this is no handle/],
    'a handle that was changed': [
      ['watch', '--resume', '{"version":1,"kind":"kps.task","ids":{"taskId":"t"},"check":"1"}'],
      /^huaweicloud-tasks: begunAt: expected a time/,
    ],
    'a handle of nothing': [['watch', '--resume', '{"version":1}'], /huaweicloud-tasks: ids: expected an object/],
    'a handle in no file': [['watch', '--resume', 'missing.json'], /missing\.json cannot be read \(ENOENT\)/],
    'a handle and ids': [['watch', 'kps.task', 't', '--resume', '{}'], /--resume goes without a kind/],
    'half a task': [['task', 'i'], /task: expected an instance id and a task id/],
    'an import of nothing': [['import', '--instance', 'i'], /import: expected one file/],
    'an import into nothing': [['import', 'a.yaml'], /import: --instance is missing/],
    'an import of no file': [['import', 'a.yaml', '--instance', 'i'], /a\.yaml cannot be read \(ENOENT\)/],
    'two groups': [['import', 'a', '--instance', 'i', '--group', 'g', '--create-group'], /or --group, not both/],
    'an export without a group': [['export', '--instance', 'i', '--env', 'e'], /export: --group is missing/],
    'an export with arguments': [['export', 'e'], /export: takes options only/],
    'an export into no folder': [
      ['export', '--instance', 'i', '--env', 'e', '--group', 'g', '-o', 'no/where.json'],
      /--output: there is no folder no/,
    ],
    'what the package refuses': [
      ['export', '--instance', 'i', '--env', 'e', '--group', 'g', '--type', 'pdf'],
      /--type: expected one of json, yaml/,
    ],
    'stdout twice': [['task', 'i', 't', '--json', '--output', '-'], /with --json the document is in the result event/],
    'a region that is none': [['task', 'i', 't', '--region', 'CN NORTH'], /--region: expected lower-case letters/],
    'a region and an endpoint': [['task', 'i', 't', '--region', 'r', '--endpoint', 'https://h.example'], /not both/],
    'plain http': [['task', 'i', 't', '--endpoint', 'http://h.example'], /use https:, or set --allow-insecure/],
    'asking too often': [['task', 'i', 't', '--timeout', '1d'], /--timeout: expected a duration/],
    'two files': [['decode', 'a', 'b'], /decode: expected one file/],
    'no code': [['explain'], /explain: expected a code/],
    'no number': [['simulate', '--speed', 'fast'], /--speed: expected a number/],
    'no port': [['simulate', '--port', '65536'], /--port: expected a port/],
    'no budget': [['simulate', '--throttle', '5'], /--throttle: expected so many requests in a time/],
    'a simulator of something': [['simulate', 'x'], /simulate: takes options only/],
  };
  for (const [name, [args, message]] of Object.entries(wrong)) {
    test(name, async () => {
      const { stdout, stderr, code } = await run(args, { env: ENV });
      assert.match(stderr, message);
      assert.match(stderr, /^huaweicloud-tasks: /);
      assert.equal(code, 2);
      if (!args.includes('--json')) assert.equal(stdout, '');
      assert.doesNotMatch(stderr, /\bat .*\.js/);
    });
  }

  for (const name of ['token', 'ak', 'sk', 'password', 'access-key', 'secret-key', 'security-token']) {
    test(`--${name}, whose value is not repeated`, async () => {
      for (const args of name === 'token' ? [['--token', 'S3cret'], ['--token=S3cret']] : [[`--${name}`, 'S3cret']]) {
        const { stdout, stderr, code } = await run(['task', 'i', 't', ...args, '--json'], { env: ENV });
        assert.match(stderr, new RegExp(`--${name}: a secret is not taken from an argument.* as HUAWEICLOUD_`));
        assert.doesNotMatch(stdout + stderr, /S3cret/);
        assert.equal(JSON.parse(stdout).error.kind, 'usage');
        assert.equal(code, 2);
      }
    });
  }
});

describe('credentials', { concurrency: 2 }, () => {
  const TASK = ['watch', 'apig.gateway', 'gateway', '--quiet'];

  test('that are missing are named, all at once', async () => {
    const { stderr, code } = await run(TASK);
    for (const name of ['HUAWEICLOUD_REGION (or --region)', 'HUAWEICLOUD_PROJECT_ID (or --project)']) {
      assert.ok(stderr.includes(name), name);
    }
    assert.ok(stderr.includes('HUAWEICLOUD_TOKEN, or HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK'));
    assert.equal(code, 2);
  });

  test('half an access key is not one', async () => {
    const place = { HUAWEICLOUD_REGION: 'r', HUAWEICLOUD_PROJECT_ID: 'p' };
    const env = { ...place, HUAWEICLOUD_SDK_AK: 'ak', HUAWEICLOUD_TOKEN: '' };
    const { stderr, code } = await run(TASK, { env });
    assert.match(stderr, /not set: HUAWEICLOUD_SDK_SK, which goes with HUAWEICLOUD_SDK_AK;/);
    assert.equal(code, 2);
  });

  /** What was asked, and with which headers. */
  const asked = async (args, env) => {
    const { stderr, code } = await run([...TASK, ...args], { env: { NODE_OPTIONS: SHOWING_FETCH, ...env } });
    assert.equal(code, 0, stderr);
    const [, url, headers] = /ASKED (\S+) (.*)/.exec(stderr);
    return { url, headers: Object.fromEntries(JSON.parse(headers)) };
  };

  test('options go to the region and the project, before the environment', async () => {
    const env = leadTo('https://h.example');
    const { url } = await asked(['--region', 'cn-north-4', '--project', 'q'], env);
    assert.equal(url, 'https://apig.cn-north-4.myhuaweicloud.com/v2/q/apigw/instances/gateway/progress');
  });

  test('in the environment an endpoint comes before a region, and a region does alone', async () => {
    const env = { ...leadTo('https://h.example'), HUAWEICLOUD_REGION: 'cn-east-3' };
    assert.match((await asked([], env)).url, /^https:\/\/h\.example\/v2\/p\//);
    const { url } = await asked([], { ...env, HUAWEICLOUD_ENDPOINT: '' });
    assert.match(url, /^https:\/\/apig\.cn-east-3\.myhuaweicloud\.com\//);
  });

  test('--allow-insecure lets a token go over plain http', async () => {
    const args = ['--endpoint', 'http://h.example', '--allow-insecure'];
    const { url } = await asked(args, leadTo('https://other.example'));
    assert.match(url, /^http:\/\/h\.example\//);
  });

  test('an access key signs', async () => {
    const env = {
      HUAWEICLOUD_REGION: 'cn-north-4',
      HUAWEICLOUD_PROJECT_ID: 'p',
      HUAWEICLOUD_SDK_AK: 'the-access-key',
      HUAWEICLOUD_SDK_SK: 'the-secret-key',
      HUAWEICLOUD_SDK_SECURITY_TOKEN: 'the-security-token',
    };
    const { headers } = await asked([], env);
    assert.match(headers.authorization, /^SDK-HMAC-SHA256 Access=the-access-key, /);
    assert.equal(headers['x-security-token'], 'the-security-token');
    assert.doesNotMatch(JSON.stringify(headers), /the-secret-key/);
  });

  test('a file has what the environment lacks', async (t) => {
    const file = join(folder(t), 'credentials.env');
    writeFileSync(file, 'HUAWEICLOUD_TOKEN=of-the-file\nexport HUAWEICLOUD_PROJECT_ID="q"\n# a remark\n');
    const env = { HUAWEICLOUD_ENDPOINT: 'https://h.example' };
    const { url, headers } = await asked(['--credentials', file], env);
    assert.match(url, /\/v2\/q\//);
    assert.equal(headers['x-auth-token'], 'of-the-file');
    const overridden = await asked(['--credentials', file], { ...env, HUAWEICLOUD_TOKEN: 'of-the-environment' });
    assert.equal(overridden.headers['x-auth-token'], 'of-the-environment');
    const key = { HUAWEICLOUD_SDK_AK: 'an-access-key', HUAWEICLOUD_SDK_SK: 'a-secret-key' };
    const signed = await asked(['--credentials', file], { ...env, ...key });
    assert.match(signed.headers.authorization, /Access=an-access-key/);
  });

  test('two halves of an access key make no whole', async (t) => {
    const file = join(folder(t), 'credentials.env');
    writeFileSync(file, 'HUAWEICLOUD_SDK_SK=of-the-file\n');
    const env = { HUAWEICLOUD_REGION: 'r', HUAWEICLOUD_PROJECT_ID: 'p', HUAWEICLOUD_SDK_AK: 'ak' };
    const { stderr, code } = await run([...TASK, '--credentials', file], { env });
    assert.match(stderr, /HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK in the same place/);
    assert.doesNotMatch(stderr, /of-the-file/);
    assert.equal(code, 2);
  });

  test('a file that is not there is said to be', async () => {
    const { stderr, code } = await run([...TASK, '--credentials', 'no.env']);
    assert.match(stderr, /--credentials: no\.env cannot be read \(ENOENT\)/);
    assert.equal(code, 2);
  });
});

describe('errors', { concurrency: 2 }, () => {
  test('tell the code, the request and what to do; 5 when one is not let in', async (t) => {
    const { env } = await simulated(t);
    const wrong = { ...env, HUAWEICLOUD_TOKEN: 'wrong-token' };
    const { stdout, stderr, code } = await run(['task', 'i', 't'], { env: wrong });
    const [message, meaning, advice] = stderr.split('\n');
    assert.match(message, /^huaweicloud-tasks: ShowAsyncTaskResult answered 401 APIG\.1002: .* \(request \w{32}\)$/);
    assert.equal(meaning, '  The service could not read the token.');
    assert.equal(advice, '  Fetch a new token for the right region and project.');
    assert.deepEqual([stdout, code], ['', 5]);
    const forbidden = await run(['watch', 'apig.gateway', 'forbidden'], { env });
    assert.match(forbidden.stderr, /403 APIC\.7106/);
    assert.equal(forbidden.code, 5);
  });

  test('as JSON have the same in fields', async (t) => {
    const { env } = await simulated(t);
    const { stdout, code } = await run(['watch', 'apig.gateway', 'missing', '--json'], { env });
    const { event, at, operation, error } = JSON.parse(stdout);
    assert.equal(event, 'error');
    assert.ok(Math.abs(at - Date.now()) < 60_000);
    assert.deepEqual(operation, { kind: 'apig.gateway', instanceId: 'missing' });
    const { requestId, message, meaning, advice, ...fields } = error;
    assert.deepEqual(fields, { kind: 'notFound', code: 'APIC.7302', status: 404 });
    assert.match(requestId, /^[0-9a-f]{32}$/);
    assert.match(message, /Instance not found/);
    assert.equal(meaning, 'There is no gateway with this id here.');
    assert.equal(advice, 'Check the gateway id, the project and the region.');
    assert.equal(code, 1);
  });

  test('of a body tell where it is wrong', async () => {
    const { stderr, code } = await run(['decode'], { input: '{"task_id":"t"}' });
    assert.match(stderr, /expected a word at task_(type|status), found nothing/);
    assert.equal(code, 1);
  });

  test('--timeout ends a request that is not answered', async (t) => {
    const { url } = await serve(t, () => {});
    const { stderr, code } = await run(['task', 'i', 't', '--timeout', '200ms'], { env: leadTo(url) });
    assert.match(stderr, /ShowAsyncTaskResult.*200 ms/);
    assert.equal(code, 1);
  });

  test('no control character of a service reaches the terminal', async (t) => {
    const error_msg = 'red\u001b[31m\u009b31m and\r\n::error::new lines\u2028\u202e';
    const { url } = await serve(t, answering(400, JSON.stringify({ error_code: 'X.1', error_msg })));
    const { stderr } = await run(['task', 'i', 't'], { env: leadTo(url) });
    assert.match(stderr, /red \[31m 31m and ::error::new lines$/m);
    assert.equal(stderr.trimEnd().split('\n').length, 1);
  });

  test('that nobody expects are short, and long with DEBUG', async () => {
    const preload = 'JSON.stringify = () => { throw new Error("a defect") }';
    const env = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(preload)}` };
    const short = await run(['explain', 'APIC.9218', '--json'], { env });
    assert.equal(short.code, 1);
    assert.doesNotMatch(short.stderr, /\bat .*cli\.js/);
    const debug = await run(['decode', process.env.PROJECT_ROOT], { env: { DEBUG: '1' } });
    assert.match(debug.stderr, /EISDIR[\s\S]*\bat .*cli\.js/);
  });

  test('a second Ctrl-C ends at once', async () => {
    const root = pathToFileURL(process.env.PROJECT_ROOT);
    const program = `
      const { interruptible } = await import('${root}/pkg-template/cli/interrupt.js');
      await interruptible(({ signal }) => {
        signal.addEventListener('abort', () => console.error('stopping'));
        setInterval(() => {}, 1000);
        console.error('running');
        return new Promise(() => {});
      });`;
    const stuck = start([], { env: { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(program)}` } });
    await stuck.until('stderr', /running/);
    stuck.child.kill('SIGINT');
    await stuck.until('stderr', /stopping/);
    stuck.child.kill('SIGINT');
    assert.equal((await stuck.ended).code, 130);
  });
});
