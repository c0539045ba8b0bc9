// The codes a user of these calls meets, each with [meaning, advice]. The words are this package's own.
// No prototype, so that a code such as 'constructor' finds nothing.
const table = /* @__PURE__ */ Object.freeze({
  __proto__: null,

  // Who is asking
  'APIC.7100': ['The request carried no token.', 'Send a token, or sign in again.'],
  'APIC.7101': ['The token has expired.', 'Fetch a new token and ask once more.'],
  'APIC.7102': ['The service could not read the token.', 'Fetch a new token for the right region and project.'],
  'APIC.7106': ['This account is not allowed to make this call.', 'Ask for an APIG role in the project.'],
  'APIG.0307': ['The token is too old to be accepted.', 'Fetch a new token and ask once more.'],
  'APIG.1000': ['The request carried no token.', 'Send a token, or sign in again.'],
  'APIG.1001': ['The session behind the token has ended.', 'Fetch a new token and ask once more.'],
  'APIG.1002': ['The service could not read the token.', 'Fetch a new token for the right region and project.'],
  'APIG.1005': ['This user may not make this call.', 'Ask for an APIG role in the project.'],

  // What was asked for
  'APIC.7302': ['There is no gateway with this id here.', 'Check the gateway id, the project and the region.'],
  'APIG.2000': ['A parameter of the request is wrong.', 'Read the message: it tends to name the parameter.'],
  'APIG.2001': ['A parameter that the call needs is missing.', 'Add the parameter that the message names.'],
  'APIG.2011': ['A parameter has a value that the call refuses.', 'Correct the parameter that the message names.'],
  'APIG.2012': ['A parameter has a value that the call refuses.', 'Correct the parameter that the message names.'],
  'APIG.3001': ['There is no API group with this id.', 'Check the group id, or let the import make a new group.'],
  'APIG.3003': ['There is no environment with this id.', 'Check the environment id of the export.'],
  'APIG.3030': ['There is no gateway with this id here.', 'Check the gateway id, the project and the region.'],
  'APIG.3093': [
    'This gateway has no such asynchronous task.',
    'Check the task id; if the task has only just started, ask again in a moment.',
  ],

  // Creating a gateway
  'APIC.7400': ['The project has as many gateways as it may have.', 'Delete one, or ask for a higher quota.'],
  'APIC.7701': ['The gateway is busy with something else.', 'Wait until it is running, then try again.'],
  'APIC.9206': ['The creation failed, and the code does not say why.', 'Try again; if it fails again, ask support.'],
  'APIC.9218': ['The quota does not allow another gateway.', 'Free some quota or ask for more, then create it again.'],
  'APIC.9219': ['The zone has no room for the gateway.', 'Choose another availability zone, or try again later.'],

  // Importing and exporting
  'APIG.3102': ['The gateway holds as many APIs as it may hold.', 'Delete some APIs, or ask for a higher quota.'],
  'APIG.3125': ['The group holds as many APIs as it may hold.', 'Import into another group.'],
  'APIG.3127': ['The file holds more APIs than one import takes.', 'Split the file and import the parts one by one.'],
  'APIG.3201': ['Another API group already has this name.', 'Change the title in the file, or import into that group.'],
  'APIG.3202': ['Another API already has this name.', 'Rename the API in the file, or let the import overwrite.'],
  'APIG.3301': ['An API with this method and path is already there.', 'Leave it out, or let the import overwrite it.'],
  'APIG.3600': ['The file is neither good JSON nor good YAML.', 'Check its syntax and its encoding.'],
  'APIG.3601': ['The file is of a version that the import does not take.', 'Convert it to Swagger 2.0.'],
  'APIG.3602': ['The file is not a correct API description.', 'Run it through an OpenAPI validator.'],
  'APIG.3603': ['The file is too large.', 'Split the file and import the parts one by one.'],
  'APIG.3608': ['The API belongs to the API Designer and cannot be changed here.', 'Change it in the API Designer.'],
  'APIG.3609': ['The file is empty.', 'Send a file that has something in it.'],
  'APIG.3718': ['Another task is running on this gateway.', 'Wait until it has ended, then start yours.'],

  // The service itself
  'APIC.9000': ['One part of the service could not reach another.', 'Ask again; if it lasts, quote the request id.'],
  'APIG.0308': ['More requests came than the limit allows.', 'Wait as long as the limit says, then ask less often.'],
  'APIG.0613': ['The service that checks tokens is not there.', 'Ask again a little later.'],
  'APIG.3711': ['This setting was changed less than a minute ago.', 'Wait a minute, then change it again.'],
  'APIG.9008': ['The service has too much to do, and says so with a 500.', 'Ask again a little later.'],
  'APIG.9999': ['The service failed without saying why.', 'Ask again; if it lasts, quote the request id.'],
});

/**
 * Explains an error code of the management plane, in plain words.
 *
 * @param {string | null | undefined} code the code as the service sent it, such as `APIC.9218`
 * @returns {import('./explain.js').Explanation | null} `null` when this version has no words for it
 * @example
 * explain('APIC.9218')?.meaning
 */
export function explain(code) {
  const row = table[code];
  return row ? { code, meaning: row[0], advice: row[1] } : null;
}
