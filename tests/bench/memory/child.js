// One process that decodes a large body and tells, as JSON, what of memory that took.
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

import { parsedTwiceFromBytes, touchReport } from '../shared/reading.js';

/** How many results a path is kept of: what Node itself keeps or lets go meanwhile is as much as a path, or more. */
const PATHS = 16;

const [, , question, how, file] = process.argv;
const memories = followMemories();
const decode = how === 'decode' ? (await import('huaweicloud-tasks')).decodeAsyncTask : parsedTwiceFromBytes;
const body = readFileSync(file);
// So that what is loaded at the first call is there.
const small =
  '{"task_id":"i","task_status":"succeed","task_type":"import_api","task_result":"{\\"success\\":[],\\"failure\\":[]}"}';
touchReport(decode(new TextEncoder().encode(small)));

const answers = { peak, stays };
console.log(JSON.stringify(await answers[question]()));

/** How many bytes the process grew by at its largest. */
function peak() {
  const before = process.memoryUsage.rss();
  const task = decode(body);
  touchReport(task);
  // The system tells kibibytes.
  return process.resourceUsage().maxRSS * 1024 - before;
}

/**
 * What is more than before, in the heap and in the memories of modules: with nothing kept of a result; and by how much
 * each path adds to that, where one is kept of each result.
 */
async function stays() {
  const before = await used();
  pathOf(body);
  const left = await used();
  const kept = Array.from({ length: PATHS }, () => pathOf(body));
  const withPaths = await used();
  if (kept.length !== PATHS) throw new Error('the paths are gone');
  return { left: left - before, kept: (withPaths - left) / PATHS };
}

function pathOf(bytes) {
  const task = decode(bytes);
  touchReport(task);
  return task.result.success[50_000].path;
}

async function used() {
  for (let times = 0; times < 5; times += 1) {
    globalThis.gc();
    await sleep(10);
  }
  return process.memoryUsage().heapUsed + memories();
}

/** Follows the memories of all modules that are instantiated from now on, without keeping them alive. */
function followMemories() {
  const found = [];
  const follow = (instance) => {
    const exported = Object.values(instance.exports).filter((value) => value instanceof WebAssembly.Memory);
    found.push(...exported.map((memory) => new WeakRef(memory)));
    return instance;
  };
  const { Instance, instantiate } = WebAssembly;
  WebAssembly.Instance = new Proxy(Instance, { construct: (target, args) => follow(new target(...args)) });
  WebAssembly.instantiate = async (...args) => {
    const made = await instantiate(...args);
    follow(made.instance ?? made);
    return made;
  };
  return () => found.reduce((sum, memory) => sum + (memory.deref()?.buffer.byteLength ?? 0), 0);
}
