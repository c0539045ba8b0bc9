// The declared types against what really comes out, both ways: what comes is declared, and what is declared comes.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { compile, complaints, SignatureKind } from './compiler.js';
import { Coverage } from './coverage.js';
import { literal, PREAMBLE } from './literal.js';
import { allValues } from './values.js';

const values = await allValues();

/** A public type, whichever entry point exports it. */
const imported = (type) => `import('huaweicloud-tasks${type === 'Explanation' ? '/explain' : ''}').${type}`;

/** A file with a constant for each value. */
const fileOf = (constants) =>
  [
    PREAMBLE,
    ...constants.map(({ type, value }, index) => `export const v${index}: ${imported(type)} = ${literal(value)};\n`),
  ].join('');

const compiled = (constants) =>
  compile({ 'values.ts': fileOf(constants) }, ({ program, file }) => complaints(program, file('values.ts')));

/** What `coverage` says of values, each as one of a declared type. */
function gapsOf(constants) {
  const types = [...new Set(constants.map(({ type }) => type))];
  const text = types.map((type, index) => `export type T${index} = ${imported(type)};\n`).join('');
  return compile({ 'types.ts': text }, ({ checker, file }) => {
    const coverage = new Coverage(checker, (path) => !/\/lib\.[^/]*\.d\.ts$/.test(path));
    const exported = checker.getExportsOfModule(checker.getSymbolAtLocation(file('types.ts')));
    const typeOf = new Map(exported.map((symbol) => [symbol.name, checker.getDeclaredTypeOfSymbol(symbol)]));
    for (const { type, value } of constants) coverage.see(typeOf.get(`T${types.indexOf(type)}`), value);
    return { gaps: coverage.gaps(), size: coverage.size };
  });
}

test('all that comes out is declared, and of the declared type', () => {
  assert.deepEqual(compiled(values), []);
});

test('a field too many, too few or of another type would be noticed', () => {
  const only = (type, fits) => values.find((one) => one.type === type && fits(one.value)).value;
  const report = only('AsyncTask', ({ type, result }) => type === 'import_api' && result?.success?.length > 0);
  const failed = only('AsyncTask', ({ status }) => status === 'failed');
  const creating = only('GatewayProgress', ({ state }) => state === 'creating');
  const { code: _code, ...withoutCode } = failed.result;
  const { endedAt: _endedAt, ...withoutEnd } = creating;
  const wrong = [
    ['AsyncTask', { ...report, extra: 1 }],
    ['AsyncTask', { ...report, id: 5 }],
    ['AsyncTask', { ...report, result: { ...report.result, extra: 1 } }],
    ['AsyncTask', { ...report, result: { ...report.result, success: [{ ...report.result.success[0], extra: 1 }] } }],
    ['AsyncTask', { ...failed, result: withoutCode }],
    ['GatewayProgress', withoutEnd],
    ['GatewayProgress', { ...creating, endedAt: 5 }],
    ['GatewayProgress', { ...creating, state: 'failed', error: null }],
    ['GatewayProgress', { ...creating, state: 'resting' }],
  ];
  const found = compiled(wrong.map(([type, value]) => ({ type, value })));
  const isNoticed = (index) => found.some((line) => line.startsWith(`export const v${index}:`));
  const unnoticed = [...wrong.keys()].filter((index) => !isNoticed(index));
  assert.deepEqual(unnoticed, []);
});

test('all that is declared comes out, and what may be null is sometimes null and sometimes not', () => {
  const { gaps, size } = gapsOf(values);
  assert.deepEqual(gaps, []);
  assert.ok(size > 200, `only ${size} properties were found`);
});

test('a declared field that never comes, or is always or never null, would be noticed', () => {
  const { gaps } = gapsOf([{ type: 'IamToken', value: { token: 't', expiresAt: null } }]);
  assert.deepEqual(gaps, ['IamToken.expiresAt is always null', 'IamToken.issuedAt is in no value']);
  const given = { type: 'IamToken', value: { token: 't', expiresAt: 1, issuedAt: null } };
  assert.deepEqual(gapsOf([given]).gaps, ['IamToken.expiresAt is never null', 'IamToken.issuedAt is always null']);
});

test('the answer of every call is among the values', () => {
  const answers = compile({ 'client.ts': "export type All = import('huaweicloud-tasks').Client;\n" }, answersOf);
  assert.ok(answers.length >= 12, `only ${answers.length} calls were found`);
  const seen = new Set(values.map(({ type }) => type));
  assert.deepEqual(
    answers.filter(({ answer }) => !seen.has(answer)),
    [],
  );
});

/** The calls of the client, and what each promises. */
function answersOf({ checker, file }) {
  const [all] = checker.getExportsOfModule(checker.getSymbolAtLocation(file('client.ts')));
  const services = checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(all));
  return services.flatMap((service) => {
    const type = checker.getTypeOfSymbol(service);
    if (checker.getSignaturesOfType(type, SignatureKind.Call).length > 0) return [];
    return checker.getPropertiesOfType(type).map((call) => {
      const [signature] = checker.getSignaturesOfType(checker.getTypeOfSymbol(call), SignatureKind.Call);
      const [answer] = checker.getTypeArguments(checker.getReturnTypeOfSignature(signature));
      return { call: `${service.name}.${call.name}`, answer: (answer.getAliasSymbol() ?? answer.getSymbol()).name };
    });
  });
}
