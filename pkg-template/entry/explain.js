// @ts-check
// Nothing public says what these codes stand for; their neighbours are about the file of an import.
const UNLISTED = /* @__PURE__ */ Object.freeze([
  'Something about the import is wrong, and no public list says what.',
  'Read the message, and run the file through an OpenAPI validator.',
]);

// The codes a user of these calls meets, each with [meaning, advice]. The words are this package's own.
// No prototype, so that a code such as 'constructor' finds nothing.
/** @type {Readonly<Record<string, readonly string[] | null>>} */
const table = /* @__PURE__ */ Object.freeze({
  __proto__: null,

  // Who is asking
  'APIC.7100': ['The request carried no token.', 'Send a token, or sign in again.'],
  'APIC.7101': ['The token has expired.', 'Fetch a new token and ask once more.'],
  'APIC.7102': ['The service could not read the token.', 'Fetch a new token for the right region and project.'],
  'APIC.7106': ['This account is not allowed to make this call.', 'Ask for an APIG role in the project.'],
  'APIC.7130': ['The gateway belongs to another project.', 'Use the project that the gateway is in.'],
  'APIG.0301': ['The token or the signature was not accepted.', 'Check the token, or the access key and the clock.'],
  'APIG.0302': ['This IAM user may not call the service.', 'Ask for a role in the project.'],
  'APIG.0307': ['The token is too old to be accepted.', 'Fetch a new token and ask once more.'],
  'APIG.0802': ['This IAM user may not use this region.', 'Use another region, or ask for access to this one.'],
  'APIG.1000': ['The request carried no token.', 'Send a token, or sign in again.'],
  'APIG.1001': ['The session behind the token has ended.', 'Fetch a new token and ask once more.'],
  'APIG.1002': ['The service could not read the token.', 'Fetch a new token for the right region and project.'],
  'APIG.1005': ['This user may not make this call.', 'Ask for an APIG role in the project.'],
  'APIG.1020': ['This user may not make this call.', 'Ask for an APIG role in the project.'],
  'APIG.1101': ['This user may not use the API group.', 'Ask for rights to the group, or use another one.'],
  'APIG.1103': ['This user may not use the environment.', 'Ask for rights to the environment, or use another one.'],
  'APIG.1136': ['This user may not use the gateway.', 'Ask for rights to the gateway, or use another one.'],
  'APIG.1149': ['This user may not use the task.', 'Ask for an APIG role in the project.'],
  'APIGW.0301': ['The token or the signature was not accepted.', 'Check the token, or the access key and the clock.'],
  'APIGW.0307': ['The token is too old to be accepted.', 'Fetch a new token and ask once more.'],
  'IAM.0066': ['The token has expired.', 'Fetch a new token and ask once more.'],
  'ROMA.1000': ['The request carried no token.', 'Send a token, or sign in again.'],
  'ROMA.1002': ['The service could not read the token.', 'Fetch a new token for the right region and project.'],
  'ROMA.1006': ['This user may not make this call.', 'Ask for a ROMA Connect role in the project.'],
  'SFS.TURBO.0015': ['This user may not make this call.', 'Ask for an SFS Turbo role in the project.'],

  // What was asked for
  'APIC.7302': ['There is no gateway with this id here.', 'Check the gateway id, the project and the region.'],
  'APIG.0101': ['There is no API at this address.', 'Check the region and the endpoint.'],
  'APIG.2000': ['A parameter of the request is wrong.', 'Read the message: it tends to name the parameter.'],
  'APIG.2001': ['A parameter that the call needs is missing.', 'Add the parameter that the message names.'],
  'APIG.2011': ['A parameter has a value that the call refuses.', 'Correct the parameter that the message names.'],
  'APIG.2012': ['A parameter has a value that the call refuses.', 'Correct the parameter that the message names.'],
  'APIG.3001': ['There is no API group with this id.', 'Check the group id, or let the import make a new group.'],
  'APIG.3002': ['One of the APIs is not there.', 'Check the API ids of the export.'],
  'APIG.3003': ['There is no environment with this id.', 'Check the environment id of the export.'],
  'APIG.3030': ['There is no gateway with this id here.', 'Check the gateway id, the project and the region.'],
  'APIG.3093': [
    'This gateway has no such asynchronous task.',
    'Check the task id; if the task has only just started, ask again in a moment.',
  ],
  'CVR.0001': ['The request is not written as the service expects.', 'Check the filter that the message names.'],
  'CVR.0002': ['The limit is outside of 1 to 1000.', 'Ask for smaller pages, one after the other.'],
  'CVR.0003': ['The offset is outside of 0 to 1000.', 'Narrow the filter, so that fewer tasks come before.'],
  'CVR.0005': ['A device id has only letters, digits, hyphens and underscores.', 'Correct the device id.'],
  'CVR.0010': ['An application id has only digits, hyphens and the letters a to f.', 'Correct the application id.'],
  'CVR.0012': ['The application or the server is not there.', 'Check the ids of the filter, and the region.'],
  'SFS.TURBO.0001': ['A parameter is wrong, such as the job id.', 'Check the job id, the project and the region.'],
  'SFS.TURBO.0002': ['The file system is not there.', 'Check the file system, the project and the region.'],
  'SFS.TURBO.0019': ['There is no job with this id here.', 'Check the job id, the project and the region.'],

  // Creating a gateway
  'APIC.7400': ['The project has as many gateways as it may have.', 'Delete one, or ask for a higher quota.'],
  'APIC.7701': ['The gateway is busy with something else.', 'Wait until it is running, then try again.'],
  'APIC.9206': ['The creation failed, and the code does not say why.', 'Try again; if it fails again, ask support.'],
  'APIC.9218': ['The quota does not allow another gateway.', 'Free some quota or ask for more, then create it again.'],
  'APIC.9219': ['The zone has no room for the gateway.', 'Choose another availability zone, or try again later.'],

  // Importing and exporting
  'APIG.2044': ['The title in the file is not fit for a group.', 'Change the title that stands under `info`.'],
  'APIG.2045': ['The servers in the file could not be read.', 'Write `servers` as the OpenAPI specification says.'],
  'APIG.3101': ['There are as many API groups as there may be.', 'Import into a group that is there, or delete one.'],
  'APIG.3102': ['The gateway holds as many APIs as it may hold.', 'Delete some APIs, or ask for a higher quota.'],
  'APIG.3125': ['The group holds as many APIs as it may hold.', 'Import into another group.'],
  'APIG.3127': ['The file holds more APIs than one import takes.', 'Split the file and import the parts one by one.'],
  'APIG.3132': ['The group holds as many imported APIs as it may hold.', 'Import into another group.'],
  'APIG.3201': ['Another API group already has this name.', 'Change the title in the file, or import into that group.'],
  'APIG.3202': ['Another API already has this name.', 'Rename the API in the file, or let the import overwrite.'],
  'APIG.3301': ['An API with this method and path is already there.', 'Leave it out, or let the import overwrite it.'],
  'APIG.3600': ['The file is neither good JSON nor good YAML.', 'Check its syntax and its encoding.'],
  'APIG.3601': ['The file is of a version that the import does not take.', 'Convert it to Swagger 2.0.'],
  'APIG.3602': ['The file is not a correct API description.', 'Run it through an OpenAPI validator.'],
  'APIG.3603': ['The file is too large.', 'Split the file and import the parts one by one.'],
  'APIG.3604': UNLISTED,
  'APIG.3605': UNLISTED,
  'APIG.3606': UNLISTED,
  'APIG.3607': UNLISTED,
  'APIG.3608': ['The API belongs to the API Designer and cannot be changed here.', 'Change it in the API Designer.'],
  'APIG.3609': ['The file is empty.', 'Send a file that has something in it.'],
  'APIG.3718': ['Another task is running on this gateway.', 'Wait until it has ended, then start yours.'],

  // Jobs of file systems
  'SFS.TURBO.0010': ['The quota does not allow it.', 'Free some quota, or ask for more.'],
  'SFS.TURBO.0011': ['The file system is busy with another job.', 'Wait until that has ended, then try again.'],
  'SFS.TURBO.0024': ['The file system cannot do this as it is.', 'Check its state and its type.'],
  'SFS.TURBO.0029': ['The subnet has too few free addresses.', 'Free some, or use another subnet.'],
  'SFS.TURBO.0030': ['The zone has too few servers left.', 'Choose another availability zone, or try again later.'],
  'SFS.TURBO.0032': ['The zone has too few disks left.', 'Choose another availability zone, or try again later.'],
  'SFS.TURBO.0034': ['The dedicated storage has too little room.', 'Free some of it, or enlarge it.'],
  'SFS.TURBO.0037': ['Something else was changed at the same time.', 'Ask again a little later.'],
  'SFS.TURBO.0039': ['The quota of virtual addresses is used up.', 'Free some quota, or ask for more.'],
  'SFS.TURBO.0040': ['The quota of security groups is used up.', 'Free some quota, or ask for more.'],
  'SFS.TURBO.0041': ['The file system cannot do this as it is.', 'Check its state and its type.'],
  'SFS.TURBO.0103': ['A job is at work on this file system already.', 'Wait until it has ended, then try again.'],
  'SFS.TURBO.0104': ['Copying from or to the bucket failed.', 'Check the bucket and the rights to it.'],
  'SFS.TURBO.0105': ['The state of the copy could not be found out.', 'Ask again; if it lasts, quote the request id.'],

  // The service itself
  'APIC.9000': ['One part of the service could not reach another.', 'Ask again; if it lasts, quote the request id.'],
  'APIG.0308': ['More requests came than the limit allows.', 'Wait as long as the limit says, then ask less often.'],
  'APIG.0613': ['The service that checks tokens is not there.', 'Ask again a little later.'],
  'APIG.3711': ['This setting was changed less than a minute ago.', 'Wait a minute, then change it again.'],
  'APIG.9004': ['The service that checks tokens did not answer.', 'Ask again a little later.'],
  'APIG.9008': ['The service has too much to do, and says so with a 500.', 'Ask again a little later.'],
  'APIG.9999': ['The service failed without saying why.', 'Ask again; if it lasts, quote the request id.'],
  'APIGW.0308': ['More requests came than the limit allows.', 'Wait as long as the limit says, then ask less often.'],
  'SFS.TURBO.0005': ['The service failed without saying why.', 'Ask again; if it lasts, quote the request id.'],
  'SFS.TURBO.0038': ['The service failed without saying why.', 'Ask again; if it lasts, quote the request id.'],
});

/**
 * Explains an error code of the services, in plain words.
 *
 * @param {string | null | undefined} code the code as the service sent it, such as `APIC.9218`
 * @returns {import('./explain.js').Explanation | null} `null` when this version has no words for it
 * @example
 * explain('APIC.9218')?.meaning
 */
export function explain(code) {
  if (!code) return null;
  const row = table[code];
  return row ? { code, meaning: row[0], advice: row[1] } : null;
}
