// What may trap, and what has to become of it: the same in Node and in a page. Each scenario throws when it is not so.
import {
  callBack,
  createClient,
  decodeAsyncTask,
  init,
  memoryBytes,
  trap,
  trapAfter,
  trapAfterWrite,
} from 'huaweicloud-tasks';

import {
  answer,
  cloudOf,
  CREATING,
  failureOf,
  here,
  holding,
  isDefect,
  moment,
  resolves,
  SAID,
  same,
  soon,
  STARTED,
  THE_REQUEST_MAY,
  trapNow,
  wait,
  watching,
  WAYS,
  worksAgain,
} from './trapping.js';

export const scenarios = {};

for (const how of WAYS) {
  scenarios[`${how}: a call that answers at once throws, and the next one works`] = async () => {
    trapNow(how);
    await worksAgain();
  };

  scenarios[`${how}: what traps after an await begins again, traps once more and rejects`] = async () => {
    let settle;
    const event = new Promise((resolve) => (settle = resolve));
    const failure = failureOf(() => trapAfter(how, event));
    await moment();
    settle();
    isDefect(await resolves(failure, how), how);
    await worksAgain();
  };

  scenarios[`${how}: a write that traps after an await is not begun again`] = async () => {
    const failure = failureOf(() => trapAfterWrite(how, Promise.resolve()));
    isDefect(await resolves(failure, how), how, THE_REQUEST_MAY.slice(how in SAID ? 0 : 2));
    await worksAgain();
  };

  scenarios[`${how}: a callback that traps by a call of its own: what it gives or throws is what it gives or throws`] =
    async () => {
      let calls = 0;
      const caught = callBack(() => {
        calls += 1;
        trapNow(how);
        return 'done';
      });
      same([await resolves(caught, 'a callback'), calls], ['done', 1], 'a callback that catches it');
      const thrown = callBack(() => trap(how));
      isDefect((await soon(thrown, 'a callback that does not')).error, how);
      await worksAgain();
    };

  scenarios[`${how}: a fetch that traps by a call of its own`] = async () => {
    let calls = 0;
    const fetch = (always) => () => {
      calls += 1;
      if (always || calls === 1) trapNow(how);
      return answer(CREATING);
    };
    const { percent } = await resolves(cloudOf(fetch(false)).apig.gatewayProgress('i'), 'once');
    same([percent, calls], [30, 2], 'a fetch that trapped once');
    isDefect(
      await resolves(
        failureOf(() => cloudOf(fetch(true)).apig.gatewayProgress('i')),
        'always',
      ),
      how,
    );
    same(calls, 4, 'how often fetch was called');
    const write = failureOf(() => cloudOf(fetch(true)).apig.exportApis('i', { envId: 'e', groupId: 'g' }));
    isDefect(await resolves(write, 'a write'), how, THE_REQUEST_MAY.slice(how in SAID ? 0 : 2));
    same(calls, 5, 'how often fetch was called, with that of the write');
    await worksAgain();
  };

  scenarios[`${how}: a schedule that traps by a call of its own: a watch goes on, unless it throws`] = async () => {
    const schedules = [];
    const schedule = ({ asked }) => {
      schedules.push(asked);
      if (schedules.length === 1) trapNow(how);
      return 100;
    };
    const {
      operations: [operation],
      asked,
    } = watching(1, { most: 3, schedule });
    same((await operation.result()).state, 'succeeded', 'the watch');
    same([asked.i0, operation.toJSON().asked, schedules], [3, 3, [1, 1, 2]], 'how often it was asked');
    const {
      operations: [hopeless],
      asked: few,
    } = watching(1, { most: 3, schedule: () => trap(how) });
    isDefect(await hopeless.result().then(null, (error) => error), how);
    same(few.i0, 1, 'how often it was asked about what cannot be watched');
    await worksAgain();
  };
}

scenarios['nested calls: what is called while trapped frames are on the stack waits until they are gone'] =
  async () => {
    const { cloud, asked } = holding();
    const made = [];
    const outer = callBack(() => {
      made.push(cloud.apig.gatewayProgress('before'));
      made.push(cloud.apig.exportApis('before', { envId: 'e', groupId: 'g' }));
      trapNow();
      trapNow();
      made.push(cloud.apig.gatewayProgress('after'));
      made.push(cloud.apig.exportApis('after', { envId: 'e', groupId: 'g' }));
      return 'done';
    });
    same(await resolves(outer, 'the outer call'), 'done', 'the outer call');
    await moment();
    for (const { url, answer } of asked) answer(url.includes('progress') ? CREATING : STARTED);
    const [before, writeBefore, after, writeAfter] = await Promise.all(made.map((promise) => soon(promise, 'nested')));
    same([before.value?.percent, after.value?.percent], [30, 30], 'the reads');
    isDefect(writeBefore.error, 'panic', THE_REQUEST_MAY);
    // It was not begun when the module trapped.
    same([writeAfter.error?.message, writeAfter.value?.taskId], [undefined, 't'], 'the write that came after the trap');
    same(asked.filter(({ url }) => url.includes('after')).length, 2, 'requests that came after the trap');
    await worksAgain();
  };

scenarios['a getter of what was given that traps by a call of its own'] = async () => {
  let calls = 0;
  const options = {
    get timeoutMs() {
      calls += 1;
      if (calls === 1) trapNow();
      return 1_000;
    },
  };
  const cloud = cloudOf(() => answer(CREATING));
  same((await resolves(cloud.apig.gatewayProgress('i', options), 'the call')).percent, 30, 'the call');
  same(calls, 2, 'how often it was read');
  await worksAgain();
};

scenarios['a caller without stack left: whatever it asks for is over within a turn, and so is what waits beside it'] =
  async () => {
    const { cloud, asked } = holding();
    const beside = cloud.apig.gatewayProgress('beside');
    const made = [];
    const quick = cloudOf(() => answer(CREATING));
    const descend = () => {
      try {
        descend();
      } catch {
        // As deep as one can get: here the call itself may not fit any more.
      }
      if (made.length >= 40) return;
      try {
        made.push(quick.apig.gatewayProgress('i'));
        memoryBytes();
      } catch (error) {
        same(['RangeError', 'TasksError'].includes(error.name), true, error.name);
      }
    };
    descend();
    const outcomes = await Promise.all(made.map((promise) => soon(promise, 'a call without stack')));
    const errors = outcomes.filter(({ error }) => error !== undefined).map(({ error }) => error.name);
    same(made.length, 40, 'the calls that were made');
    for (const name of errors) same(['RangeError', 'TasksError'].includes(name), true, name);
    await moment();
    for (const request of asked) request.answer(CREATING);
    same((await resolves(beside, 'a read beside it')).percent, 30, 'a read beside it');
    await worksAgain();
  };

scenarios['reads that are pending beside a trap begin again, however often their neighbours trap'] = async () => {
  const { cloud, asked } = holding();
  const reads = Array.from({ length: 10 }, (_, n) => cloud.apig.gatewayProgress(`i${n}`));
  await moment();
  same(asked.length, 10, 'requests before the trap');
  trapNow();
  await moment();
  same(asked.length, 20, 'requests after it');
  // These trap twice each, of their own.
  const hopeless = [trapAfter('panic', Promise.resolve()), trapAfter('index', Promise.resolve())];
  for (const promise of hopeless) same((await soon(promise)).error?.kind, 'internal', 'a call that always traps');
  for (const how of WAYS) trapNow(how);
  await moment();
  for (const { answer } of asked) answer(CREATING);
  for (const read of reads) same((await resolves(read, 'a read')).percent, 30, 'a read');
};

scenarios['writes that are pending beside a trap reject, and are not made again'] = async () => {
  const { cloud, asked } = holding();
  const read = cloud.apig.gatewayProgress('i');
  const writes = [
    failureOf(() => cloud.apig.importApis('i', 'openapi: 3.0.0')),
    failureOf(() => cloud.apig.exportApis('i', { envId: 'e', groupId: 'g' })),
    failureOf(() => cloud.kps.associate({ keypairName: 'k', server: { id: 's' } })),
  ];
  await moment();
  same(asked.length, 4, 'requests before the trap');
  trapNow();
  // One error each, which tells of it once.
  for (const write of writes) isDefect(await resolves(write, 'a write'), 'panic', THE_REQUEST_MAY);
  await moment();
  same(asked.length, 5, 'requests after it');
  for (const { answer } of asked) answer(CREATING);
  same((await resolves(read, 'the read')).percent, 30, 'the read');
};

scenarios['a trap at any moment on the way of an answer'] = async () => {
  for (let ticks = 0; ticks < 40; ticks += 1) {
    const { cloud, asked } = holding();
    const [read, write] = [cloud.apig.gatewayProgress('i'), cloud.apig.exportApis('i', { envId: 'e', groupId: 'g' })];
    await moment();
    const answerAll = () => {
      for (const { url, answer } of asked) answer(url.includes('progress') ? CREATING : STARTED);
    };
    answerAll();
    for (let left = ticks; left > 0; left -= 1) await null;
    trapNow();
    const { value, error } = await soon(write, 'the write');
    if (error === undefined) same(value.taskId, 't', 'the write');
    else isDefect(error, 'panic', THE_REQUEST_MAY);
    await moment();
    answerAll();
    same((await resolves(read, 'the read')).percent, 30, 'the read');
    if (ticks === 0) same([error?.kind, asked.length], ['internal', 3], 'a trap before the answer is read');
    if (ticks === 39) same([error, asked.length], [undefined, 2], 'a trap after it was read');
  }
};

scenarios['a signal that is aborted after the trap ends what began again'] = async () => {
  const { cloud } = holding();
  const controller = new AbortController();
  const read = cloud.apig.gatewayProgress('i', { signal: controller.signal });
  await moment();
  trapNow();
  await moment();
  controller.abort(new Error('enough'));
  same((await soon(read, 'the read')).error?.message, 'enough', 'the reason');
};

scenarios['a signal of a make of its own that throws when it is let go'] = async () => {
  const { cloud, asked } = holding();
  const signal = {
    aborted: false,
    addEventListener() {},
    removeEventListener() {
      throw new Error('not so');
    },
  };
  const [read, beside] = [cloud.apig.gatewayProgress('i', { signal }), cloud.apig.gatewayProgress('beside')];
  await moment();
  trapNow();
  await moment();
  for (const { answer } of asked) answer(CREATING);
  for (const call of [read, beside]) same((await resolves(call, 'a read')).percent, 30, 'a read');
};

scenarios['50 watches go on from their handles'] = async () => {
  const { asked, operations } = watching(50, { most: 5 });
  const seen = operations.map(() => 0);
  const ends = operations.map((operation, n) => operation.result({ onProgress: () => (seen[n] += 1) }));
  const sum = () => Object.values(asked).reduce((one, other) => one + other, 0);
  while (sum() < 100) await wait(10);
  const before = operations.map((operation) => operation.toJSON());
  same(
    before.every(({ asked }) => asked >= 1),
    true,
    'all were asked about',
  );
  for (let times = 0; times < 3; times += 1) {
    trapNow();
    await soon(trapAfter('panic', Promise.resolve()), 'a call that always traps');
  }
  await moment();
  const at = operations.map((operation) => operation.toJSON().asked);
  same(
    at.every((asked, n) => asked >= before[n].asked),
    true,
    'the counters go on',
  );
  for (const end of ends) same((await end).state, 'succeeded', 'a watch');
  for (const [n, operation] of operations.entries()) {
    const handle = operation.toJSON();
    same([handle.asked, handle.ended], [seen[n], true], 'how often it was answered');
    // A question whose answer a trap has swallowed is asked again.
    same(seen[n] <= asked[`i${n}`] && asked[`i${n}`] <= seen[n] + 6, true, 'how often it was asked about');
    same(handle.begunAt, before[n].begunAt, 'when it began');
  }
};

scenarios['300 traps in a row: each leaves its memory to the next'] = async () => {
  const before = memoryBytes();
  for (let times = 0; times < 300; times += 1) {
    trapNow(['panic', 'index', 'overflow'][times % 3]);
    await worksAgain();
    await wait(0);
  }
  same(memoryBytes() <= Math.max(before, 2_097_152), true, `${memoryBytes()} bytes`);
};

scenarios['a wait that begins again is over when it would have been'] = async () => {
  const {
    operations: [operation],
  } = watching(1, { most: 1_000, schedule: { intervalMs: 60_000 } });
  const begun = Date.now();
  const failure = failureOf(() => operation.result({ maxWaitMs: 1_500 }));
  await wait(1_000);
  trapNow();
  same((await failure).kind, 'waitTimeout', 'how it ends');
  // Begun anew, it would be over after 2,500.
  same(Date.now() - begun < 2_400, true, `${Date.now() - begun} ms of waiting`);
};

scenarios["the stack of an ordinary error leads to the caller's line"] = async () => {
  const notFound = { error_code: 'APIG.3093', error_msg: 'no such task' };
  const cloud = cloudOf(() => answer(notFound, 404));
  same((await failureOf(() => cloud.apig.gatewayProgress(''))).name, 'ConfigError', 'a wrong id');
  same((await failureOf(() => cloud.apig.asyncTask('i', 't'))).name, 'NotFoundError', 'a 404');
  same((await failureOf(() => decodeAsyncTask('{"task_id":1}'))).name, 'DecodeError', 'a body that is none');
  const place = here(2);
  try {
    createClient({ region: 'r' });
  } catch (error) {
    same([error.name, error.stack.includes(place)], ['ConfigError', true], error.stack);
  }
};

export async function run(name) {
  await init();
  await scenarios[name]();
}
