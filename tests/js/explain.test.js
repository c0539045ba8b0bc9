import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import test from 'node:test';

import { explain } from 'huaweicloud-tasks/explain';

const fixtures = new URL('../fixtures/', import.meta.url);

/** Every code that the documents' APIG examples hold, with the service's own message. */
async function exampleErrors() {
  const errors = [];
  for (const folder of await readdir(fixtures)) {
    if (!folder.startsWith('apig-')) continue;
    for (const file of await readdir(new URL(`${folder}/`, fixtures))) {
      const body = JSON.parse(await readFile(new URL(`${folder}/${file}`, fixtures), 'utf8'));
      const bodies = [body, body.task_result ? JSON.parse(body.task_result) : {}];
      errors.push(...bodies.filter(({ error_code: code }) => code));
    }
  }
  return errors;
}

test('a code is explained', () => {
  const explanation = explain('APIC.9218');
  assert.equal(explanation.code, 'APIC.9218');
  assert.match(explanation.meaning, /quota/i);
  assert.match(explanation.advice, /quota/i);
});

test("every code in the documents' examples is explained, in other words than the service's", async () => {
  const errors = await exampleErrors();
  assert.ok(errors.length >= 15);
  for (const { error_code: code, error_msg: message } of errors) {
    const explanation = explain(code);
    assert.ok(explanation, code);
    assert.notEqual(explanation.meaning.replace(/\.$/, '').toLowerCase(), message.replace(/\.$/, '').toLowerCase());
  }
});

test('meaning and advice are one sentence each', async () => {
  for (const { error_code: code } of await exampleErrors()) {
    const { meaning, advice } = explain(code);
    for (const sentence of [meaning, advice]) {
      assert.match(sentence, /^[A-Z][^.]*\.$/, code);
      assert.ok(sentence.length <= 100, code);
    }
  }
});

/** A code, what its meaning must speak of according to the vendor's lists, and what its advice must. */
const CODES = [
  // Who is asking
  ['APIC.7130', /another project/, /project/],
  ['APIG.0301', /token or the signature/, /access key and the clock/],
  ['APIG.0302', /IAM user may not call/, /role/],
  ['APIG.0802', /IAM user may not use this region/, /region/],
  ['APIG.1020', /may not make this call/, /role/],
  ['APIG.1101', /may not use the API group/, /rights to the group/],
  ['APIG.1103', /may not use the environment/, /rights to the environment/],
  ['APIG.1136', /may not use the gateway/, /rights to the gateway/],
  ['APIG.1149', /may not use the task/, /role/],
  ['APIGW.0301', /token or the signature/, /access key and the clock/],
  ['APIGW.0307', /token is too old/, /new token/],
  ['IAM.0066', /token has expired/, /new token/],
  ['ROMA.1000', /no token/, /Send a token/],
  ['ROMA.1002', /could not read the token/, /new token/],
  ['ROMA.1006', /may not make this call/, /ROMA Connect role/],
  ['SFS.TURBO.0015', /may not make this call/, /SFS Turbo role/],

  // What was asked for
  ['APIG.0101', /no API at this address/, /region and the endpoint/],
  ['APIG.3002', /APIs is not there/, /API ids/],
  ['CVR.0001', /not written as/, /message/],
  ['CVR.0002', /limit is outside of 1 to 1000/, /smaller pages/],
  ['CVR.0003', /offset is outside of 0 to 1000/, /Narrow the filter/],
  ['CVR.0005', /device id/, /device id/],
  ['CVR.0010', /application id/, /application id/],
  ['CVR.0012', /application or the server is not there/, /ids/],
  ['SFS.TURBO.0001', /parameter is wrong/, /job id/],
  ['SFS.TURBO.0002', /file system is not there/, /region/],
  ['SFS.TURBO.0019', /no job with this id/, /job id/],

  // Importing
  ['APIG.2044', /title/, /`info`/],
  ['APIG.2045', /servers/, /`servers`/],
  ['APIG.3101', /API groups/, /delete one/],
  ['APIG.3127', /more APIs than one import takes/, /Split/],
  ['APIG.3132', /group holds/, /another group/],
  ['APIG.3600', /JSON.*YAML/, /syntax/],
  ['APIG.3601', /version/, /Swagger 2\.0/],
  ['APIG.3602', /not a correct API description/, /validator/],
  ['APIG.3603', /too large/, /Split/],
  ['APIG.3604', /no public list/, /message/],
  ['APIG.3605', /no public list/, /message/],
  ['APIG.3606', /no public list/, /message/],
  ['APIG.3607', /no public list/, /message/],
  ['APIG.3608', /API Designer/, /API Designer/],
  ['APIG.3609', /file is empty/, /Send a file/],

  // Jobs of file systems
  ['SFS.TURBO.0010', /quota/, /quota/],
  ['SFS.TURBO.0011', /busy/, /Wait/],
  ['SFS.TURBO.0024', /cannot do this/, /state/],
  ['SFS.TURBO.0029', /subnet has too few free addresses/, /another subnet/],
  ['SFS.TURBO.0030', /servers left/, /another availability zone/],
  ['SFS.TURBO.0032', /disks left/, /another availability zone/],
  ['SFS.TURBO.0034', /dedicated storage/, /enlarge/],
  ['SFS.TURBO.0037', /at the same time/, /later/],
  ['SFS.TURBO.0039', /quota of virtual addresses/, /quota/],
  ['SFS.TURBO.0040', /quota of security groups/, /quota/],
  ['SFS.TURBO.0041', /cannot do this/, /state/],
  ['SFS.TURBO.0103', /at work on this file system/, /Wait/],
  ['SFS.TURBO.0104', /bucket/, /rights/],
  ['SFS.TURBO.0105', /state of the copy/, /request id/],

  // The service itself
  ['APIG.9004', /checks tokens/, /later/],
  ['APIGW.0308', /More requests came/, /limit/],
  ['SFS.TURBO.0005', /without saying why/, /request id/],
  ['SFS.TURBO.0038', /without saying why/, /request id/],
];

for (const [code, meaning, advice] of CODES) {
  test(`${code} is explained, in one sentence each`, () => {
    const explanation = explain(code);
    assert.equal(explanation?.code, code);
    assert.match(explanation.meaning, meaning);
    assert.match(explanation.advice, advice);
    for (const sentence of [explanation.meaning, explanation.advice]) {
      assert.match(sentence, /^[A-Z]([^.]|\d\.\d)*\.$/);
      assert.ok(sentence.length <= 100);
    }
  });
}

test('a code without words is null', () => {
  for (const code of ['APIG.0000', 'apic.9218', ' APIC.9218', '', null, undefined]) assert.equal(explain(code), null);
});

test("names of an object's own machinery are no codes", () => {
  for (const code of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) assert.equal(explain(code), null);
});

test('changing an answer does not change the next one', () => {
  const first = explain('APIC.9219');
  const { meaning } = first;
  first.meaning = 'changed';
  assert.equal(explain('APIC.9219').meaning, meaning);
});
