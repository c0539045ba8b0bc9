// Every entry as `require` gives it, with the types of the whole.
import whole = require('huaweicloud-tasks');
import decode = require('huaweicloud-tasks/decode');
import errors = require('huaweicloud-tasks/errors');
import explain = require('huaweicloud-tasks/explain');
import inline = require('huaweicloud-tasks/inline');
import simulator = require('huaweicloud-tasks/simulator');

const fetch = simulator.createSimulator();
const cloud: whole.Client = inline.createClient({ endpoint: '/huawei', projectId: 'p', token: null, fetch });
const task: whole.AsyncTask = decode.decodeAsyncTask('{}');
const same: typeof whole.AuthError = errors.AuthError;
console.log(cloud, task, same, explain.explain('APIC.9218')?.meaning);
