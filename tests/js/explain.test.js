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

test('every code in the documents\' examples is explained, in other words than the service\'s', async () => {
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

test('a code without words is null', () => {
  for (const code of ['APIG.0000', 'apic.9218', ' APIC.9218', '', null, undefined]) assert.equal(explain(code), null);
});

test('names of an object\'s own machinery are no codes', () => {
  for (const code of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) assert.equal(explain(code), null);
});

test('changing an answer does not change the next one', () => {
  const first = explain('APIC.9219');
  const { meaning } = first;
  first.meaning = 'changed';
  assert.equal(explain('APIC.9219').meaning, meaning);
});
